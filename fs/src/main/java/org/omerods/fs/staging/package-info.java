/**
 * Files that are being written: local copies beside the cache until they are whole and in the storage, kept through every
 * failure until then. Knows no inode and no kernel.
 */
@NullMarked
package org.omerods.fs.staging;

import org.jspecify.annotations.NullMarked;
