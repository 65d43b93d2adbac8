package org.omerods.fs.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.block.CachedObject;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * An open file: the version it was opened with whatever its path leads to by now, and what this mount has made of that
 * version. Thread-safe.
 */
final class FileHandle implements AutoCloseable {
    private final BlockCache blocks;
    private final Inode inode;
    private final PageCacheState.Use use;
    private final boolean writable;

    /** All guarded by this: what it reads, what it read before that and may still be reading, and what it writes. */
    private @Nullable CachedObject object;

    private @Nullable CachedObject before;
    private @Nullable StagedFile own;
    private boolean closed;

    /** @param object null for a file that was opened while it was being written */
    FileHandle(
            BlockCache blocks,
            Inode inode,
            PageCacheState.Use use,
            boolean writable,
            @Nullable CachedObject object,
            @Nullable StagedFile own) {
        this.blocks = blocks;
        this.inode = inode;
        this.use = use;
        this.writable = writable;
        this.object = object;
        this.own = own;
        inode.opened();
    }

    Inode inode() {
        return inode;
    }

    boolean isWritable() {
        return writable;
    }

    /** What this handle has written to; empty before its first write. */
    synchronized Optional<StagedFile> own() {
        return Optional.ofNullable(own);
    }

    /** From now on this handle writes to {@code file}, of which it is a user; false when it does already, or is closed. */
    synchronized boolean write(StagedFile file) {
        if (own != null || closed) {
            return false;
        }
        own = file;
        return true;
    }

    /** What is being written of the version that this handle has: it reads that. */
    synchronized Optional<StagedFile> staged() {
        if (own != null) {
            return Optional.of(own);
        }
        CachedObject mine = object;
        return inode.staged()
                .filter(file -> mine == null
                        || file.isFrom(mine.object().version())
                        || inode.successorOf(mine.object().version())
                                .filter(now -> file.isFrom(now.version()))
                                .isPresent());
    }

    /**
     * The bytes that it reads while nothing is being written.
     *
     * @throws StorageException STALE when the file was given up before it ever was in the storage
     */
    synchronized CachedObject object() throws StorageException {
        CachedObject present = object;
        Optional<DataObject> newer =
                inode.successorOf(present == null ? null : present.object().version());
        if (newer.isPresent() && !closed) {
            if (before != null) {
                before.close();
            }
            before = present;
            present = blocks.open(newer.get().at(inode.path())); // it may have been renamed since
            object = present;
        }
        if (present == null) {
            throw new StorageException(Reason.STALE, "read", inode.path().value(), "it is not in the storage");
        }
        return present;
    }

    @Override
    public void close() {
        StagedFile written;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (object != null) {
                object.close();
            }
            if (before != null) {
                before.close();
            }
            written = own;
        }
        inode.pages().closed(use).ifPresent(PassedFile::close);
        if (written != null) {
            written.leave();
        }
        inode.closedHandle();
    }

    @Override
    public String toString() {
        return inode.path().value();
    }
}
