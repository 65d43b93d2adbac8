package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What stat(2) tells.
 *
 * @param inode its number, not 0
 * @param size in bytes
 * @param permissions the lower twelve bits of st_mode
 * @param modified mtime; ctime is the same
 */
public record Attributes(
        long inode, FileKind kind, long size, int permissions, int links, int uid, int gid, Instant modified) {
    public Attributes {
        requireNonNull(kind, "kind");
        requireNonNull(modified, "modified");
        if (inode == 0 || size < 0) {
            throw new IllegalArgumentException("inode " + inode + ", size " + size);
        }
    }

    /** The same of a file whose name is gone. */
    Attributes unlinked() {
        return new Attributes(inode, kind, size, permissions, 0, uid, gid, modified);
    }
}
