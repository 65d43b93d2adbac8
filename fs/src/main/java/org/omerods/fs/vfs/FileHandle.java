package org.omerods.fs.vfs;

import org.omerods.fs.block.CachedObject;

/** An open file: the version it was opened with, whatever its path leads to by now. */
record FileHandle(Inode inode, CachedObject object, PageCacheState.Use use) implements AutoCloseable {

    @Override
    public void close() {
        inode.pages().closed(use);
        object.close();
    }

    @Override
    public String toString() {
        return object.object().path().value();
    }
}
