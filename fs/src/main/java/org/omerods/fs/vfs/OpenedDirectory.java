package org.omerods.fs.vfs;

/**
 * An open directory.
 *
 * @param handle for readDirectory and releaseDirectory
 * @param cacheable the kernel may keep the listing while the directory's attributes stand
 */
public record OpenedDirectory(long handle, boolean cacheable) {}
