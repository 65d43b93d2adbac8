@NullMarked
package org.omerods.omero.remote;

import org.jspecify.annotations.NullMarked;
