package org.omerods.fs.vfs;

import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;

/** A file or directory that the kernel refers to. Thread-safe. */
final class Inode {
    private final long number;
    private final FileKind kind;
    private final long id;
    private final PageCacheState pages = new PageCacheState();

    /** Where it was seen last: a renamed object keeps its inode. */
    private volatile StoragePath path;

    /** Guarded by the {@link InodeTable}. */
    long references;

    Inode(long number, FileKind kind, long id, StoragePath path) {
        this.number = number;
        this.kind = kind;
        this.id = id;
        this.path = path;
    }

    long number() {
        return number;
    }

    boolean isDirectory() {
        return kind == FileKind.DIRECTORY;
    }

    StoragePath path() {
        return path;
    }

    PageCacheState pages() {
        return pages;
    }

    void seenAt(StoragePath newPath) {
        path = newPath;
    }

    /** Whether the entry is this inode's: the same object, or where the place has no ids, the same path. */
    boolean isOf(Entry entry) {
        boolean same = entry.id() == 0 ? path.equals(entry.path()) : id == entry.id();
        return same && kind == InodeNumbers.kindOf(entry);
    }

    @Override
    public String toString() {
        return path.value();
    }
}
