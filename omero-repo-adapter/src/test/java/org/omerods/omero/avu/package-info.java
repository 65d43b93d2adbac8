@NullMarked
package org.omerods.omero.avu;

import org.jspecify.annotations.NullMarked;
