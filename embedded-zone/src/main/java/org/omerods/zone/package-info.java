/** A small iRODS server in the JVM. */
@NullMarked
package org.omerods.zone;

import org.jspecify.annotations.NullMarked;
