package org.omerods.fs.fuse.jnr;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Filesystem;

/**
 * The inode behind each open handle, to be forgotten when it is closed. Thread-safe; as large as the number of open files,
 * which the kernel bounds.
 */
final class OpenHandles {
    private final ConcurrentMap<Long, Long> inodes = new ConcurrentHashMap<>();
    private final Filesystem filesystem;

    OpenHandles(Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    void opened(long handle, long inode) {
        inodes.put(handle, inode);
    }

    void closed(long handle) {
        @Nullable Long inode = inodes.remove(handle);
        if (inode != null && inode != Filesystem.ROOT_INODE) {
            filesystem.forget(inode, 1);
        }
    }
}
