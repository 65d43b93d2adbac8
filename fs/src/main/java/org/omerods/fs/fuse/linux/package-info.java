/** The few calls of the C library that the drivers need, by FFM; and the errors that they answer with. */
@NullMarked
package org.omerods.fs.fuse.linux;

import org.jspecify.annotations.NullMarked;
