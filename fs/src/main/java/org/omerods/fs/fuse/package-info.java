/** Between a kernel and a {@link org.omerods.fs.vfs.Filesystem}: drivers, their options, the mount's life. */
@NullMarked
package org.omerods.fs.fuse;

import org.jspecify.annotations.NullMarked;
