/** Inodes, handles and the rules of the mounted filesystem. Knows no FUSE type and no backend type but the storage SPI. */
@NullMarked
package org.omerods.fs.vfs;

import org.jspecify.annotations.NullMarked;
