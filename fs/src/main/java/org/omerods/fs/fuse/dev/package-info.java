/** The kernel's FUSE protocol spoken on /dev/fuse by FFM, without a native library. */
@NullMarked
package org.omerods.fs.fuse.dev;

import org.jspecify.annotations.NullMarked;
