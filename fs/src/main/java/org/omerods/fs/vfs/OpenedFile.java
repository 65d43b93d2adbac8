package org.omerods.fs.vfs;

/**
 * An open file.
 *
 * @param handle for read, write and release
 * @param keepPageCache the kernel's pages of this inode are of this version and may be used
 * @param direct what goes through this handle is not to be cached by the kernel: pages of another version are in use by other
 *     handles, or it does not read
 * @param writable whether a close has something to say: {@link Filesystem#flush}
 * @param backing number of the {@link KernelCache.Backing} that the kernel reads in place of asking; 0 for none
 */
public record OpenedFile(long handle, boolean keepPageCache, boolean direct, boolean writable, int backing) {
    /** One that is only read. */
    public OpenedFile(long handle, boolean keepPageCache, boolean direct) {
        this(handle, keepPageCache, direct, false);
    }

    /** One whose reads and writes come to the filesystem. */
    public OpenedFile(long handle, boolean keepPageCache, boolean direct, boolean writable) {
        this(handle, keepPageCache, direct, writable, 0);
    }
}
