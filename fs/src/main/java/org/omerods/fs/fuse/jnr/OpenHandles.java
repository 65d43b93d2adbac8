package org.omerods.fs.fuse.jnr;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;

/**
 * The inode behind each open handle, to be forgotten when it is closed. Thread-safe; as large as the number of open files,
 * which the kernel bounds.
 */
final class OpenHandles {
    private final ConcurrentMap<Long, Opened> opened = new ConcurrentHashMap<>();
    private final NewInodes newInodes;
    private final Filesystem filesystem;

    /** {@code created}: the file was made by the call that opened it. */
    private record Opened(long inode, boolean created) {}

    OpenHandles(Filesystem filesystem) {
        this.filesystem = filesystem;
        this.newInodes = new NewInodes(filesystem);
    }

    /** The handle takes over a reference to the inode. */
    void opened(long handle, long inode) {
        opened.put(handle, new Opened(inode, false));
    }

    /** The same for the handle of a file that was just made. */
    void created(long handle, long inode) {
        opened.put(handle, new Opened(inode, true));
    }

    /** The inode of a file that is open; EBADF for what is not. */
    long inodeOf(long handle) throws RefusedException {
        @Nullable Opened known = opened.get(handle);
        if (known == null) {
            throw new RefusedException(Errno.EBADF);
        }
        return known.inode();
    }

    void closed(long handle) {
        @Nullable Opened known = opened.remove(handle);
        if (known == null || known.inode() == Filesystem.ROOT_INODE) {
            return;
        }
        if (known.created()) {
            newInodes.keep(known.inode());
        } else {
            filesystem.forget(known.inode(), 1);
        }
    }
}
