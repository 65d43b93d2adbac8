package org.omerods.fs.vfs;

/**
 * An open file.
 *
 * @param handle for read and release
 * @param keepPageCache the file's bytes are the same as when it was last open: cached pages stay valid
 * @param direct reads must reach the filesystem, nothing may be cached by the kernel
 */
public record OpenedFile(long handle, boolean keepPageCache, boolean direct) {}
