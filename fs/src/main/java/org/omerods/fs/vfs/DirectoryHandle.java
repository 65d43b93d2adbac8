package org.omerods.fs.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.meta.Directory;
import org.omerods.fs.meta.Known;

/** An open directory, with the listing of its first read or last rewind. Thread-safe. */
final class DirectoryHandle {
    private final Inode inode;
    private volatile @Nullable Known<Directory> listing;

    DirectoryHandle(Inode inode) {
        this.inode = inode;
    }

    Inode inode() {
        return inode;
    }

    Optional<Known<Directory>> listing() {
        return Optional.ofNullable(listing);
    }

    void keep(Known<Directory> read) {
        listing = read;
    }

    @Override
    public String toString() {
        return inode.toString();
    }
}
