/** Being told by OMERO's plugin that something was committed. */
@NullMarked
package org.omerods.omero.wake;

import org.jspecify.annotations.NullMarked;
