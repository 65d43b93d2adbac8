package org.omerods.fs.fuse.jnr;

import java.util.ArrayDeque;
import java.util.Queue;
import org.omerods.fs.vfs.Filesystem;

/**
 * References to the files that were made last. A new file has a number of its own until the filesystem forgets it, and the
 * catalog's from then on; libfuse 2 does not tell what the kernel remembers, and programs compare the number after the file
 * was closed (tar does, before it puts a link in place of what it made). Thread-safe.
 */
final class NewInodes {
    /** More than a program makes at a time; each costs an inode in memory. */
    private static final int MAX_KEPT = 1 << 14;

    private final Filesystem filesystem;
    private final Queue<Long> kept = new ArrayDeque<>();

    NewInodes(Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    /** Takes over one reference; the eldest is given back for it when there are too many. */
    void keep(long inode) {
        long eldest;
        synchronized (kept) {
            kept.add(inode);
            if (kept.size() <= MAX_KEPT) {
                return;
            }
            eldest = kept.remove();
        }
        filesystem.forget(eldest, 1);
    }
}
