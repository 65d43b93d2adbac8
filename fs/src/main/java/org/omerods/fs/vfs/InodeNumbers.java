package org.omerods.fs.vfs;

import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/**
 * Inode numbers that are the same after a restart. A catalog id becomes an even number (objects) or an odd one
 * (collections), small enough to read; an entry without an id gets a hash of its path, in a range of its own.
 */
final class InodeNumbers {
    /** Numbers below are left to the root and to what a driver may need. */
    private static final long FIRST = 16;

    /** Set in hashed numbers, clear in all others. The sign bit is never set: some programs print signed numbers. */
    private static final long HASHED = 1L << 62;

    private InodeNumbers() {}

    static long of(Entry entry) {
        boolean collection = kindOf(entry) == FileKind.DIRECTORY;
        long id = entry.id();
        if (id > 0 && id < (HASHED >>> 1) - FIRST) {
            return FIRST + id * 2 + (collection ? 1 : 0);
        }
        // A file that the catalog does not know yet can be renamed, and stays what it is.
        return id < 0 ? HASHED | hash("n" + id) : ofPath(entry.path(), collection);
    }

    /** The number of an entry of a place that numbers none. */
    static long ofPath(StoragePath path, boolean collection) {
        return HASHED | hash((collection ? "c" : "o") + 0 + path.value());
    }

    /** The number to try when another entry has that one. */
    static long after(long number) {
        return number == Long.MAX_VALUE ? HASHED : number + 1;
    }

    static FileKind kindOf(Entry entry) {
        return switch (entry) {
            case Collection _ -> FileKind.DIRECTORY;
            case DataObject _ -> FileKind.FILE;
            case SymbolicLink _ -> FileKind.SYMLINK;
        };
    }

    /** 62 bits of FNV-1a with a last mixing step (Stafford's 13), so that close names are far apart. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return (hash ^ hash >>> 31) >>> 2;
    }
}
