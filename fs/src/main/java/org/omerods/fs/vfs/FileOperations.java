package org.omerods.fs.vfs;

import java.util.List;
import java.util.Optional;
import org.omerods.fs.block.BlockSlice;
import org.omerods.fs.block.CachedObject;
import org.omerods.fs.meta.Known;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** Opening, reading and closing files. Thread-safe. */
final class FileOperations {
    /** O_ACCMODE and O_RDONLY of fcntl.h, the same on all Linux architectures. */
    private static final int ACCESS_MODE = 3;

    private static final int READ_ONLY = 0;

    /** O_TRUNC. */
    private static final int TRUNCATE = 01000;

    private final Shared shared;
    private final HandleTable<FileHandle> handles = new HandleTable<>(HandleTable.MAX_HANDLES);

    FileOperations(Shared shared) {
        this.shared = shared;
    }

    void open(Request request, long number, int flags, Reply<OpenedFile> reply) {
        shared.guard()
                .answer(
                        request,
                        "open",
                        shared.inodes().nameOf(number),
                        reply,
                        () -> openKnown(fileToOpen(number, flags)),
                        () -> open(fileToOpen(number, flags)));
    }

    void read(Request request, long handle, long offset, int size, Reply<ReadData> reply) {
        shared.guard()
                .answer(
                        request,
                        "read",
                        handles.nameOf(handle),
                        reply,
                        () -> readKnown(handles.get(handle), offset, size),
                        () -> read(handles.get(handle), offset, size));
    }

    void release(long handle) {
        handles.remove(handle).ifPresent(FileHandle::close);
    }

    void releaseAll() {
        handles.removeAll().forEach(FileHandle::close);
    }

    private Inode fileToOpen(long number, int flags) throws ErrnoException {
        Inode inode = shared.inodes().get(number);
        if (inode.isDirectory()) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        if ((flags & ACCESS_MODE) != READ_ONLY || (flags & TRUNCATE) != 0) {
            throw new ErrnoException(Errno.EROFS, "the mount is read-only");
        }
        return inode;
    }

    private Optional<OpenedFile> openKnown(Inode inode) throws StorageException, ErrnoException {
        Optional<Known<Entry>> known = shared.metadata().statForOpenIfKnown(inode.path());
        if (known.isEmpty() || shared.changes().wouldChange(inode, known.get().value())) {
            return Optional.empty();
        }
        return Optional.of(open(inode, known.get().value()));
    }

    private OpenedFile open(Inode inode) throws StorageException, ErrnoException {
        Entry entry = shared.metadata().statForOpen(inode.path()).value();
        if (shared.changes().isChanged(inode, entry, shared.blocks())) {
            // Before the answer, so that no read is cut at the size that the kernel remembers.
            shared.changes().forgetContent(inode);
        }
        return open(inode, entry);
    }

    private OpenedFile open(Inode inode, Entry entry) throws StorageException, ErrnoException {
        shared.inodes().requireSame(inode, entry);
        if (!(entry instanceof DataObject object)) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        requireGood(object);
        handles.reserve();
        CachedObject opened = shared.blocks().open(object);
        PageCacheState.Use use = inode.pages().opened(object);
        long handle = handles.put(new FileHandle(inode, opened, use));
        return new OpenedFile(handle, use == PageCacheState.Use.KEEP, use == PageCacheState.Use.DIRECT);
    }

    private static void requireGood(DataObject object) throws StorageException {
        boolean good = switch (object.state()) {
            // Locked: a writer has a sibling open; this replica still has the bytes of its version.
            case GOOD, READ_LOCKED, WRITE_LOCKED -> true;
            case STALE, INTERMEDIATE -> false;
        };
        if (!good) {
            throw new StorageException(
                    Reason.NO_GOOD_REPLICA, "open", object.path().value(), "its best replica is " + object.state());
        }
    }

    private static Optional<ReadData> readKnown(FileHandle handle, long offset, int size) throws ErrnoException {
        int length = lengthOf(handle, offset, size);
        if (length == 0) {
            return Optional.of(ReadData.empty());
        }
        return handle.object().readIfPresent(offset, length).map(FileOperations::dataOf);
    }

    private static ReadData read(FileHandle handle, long offset, int size) throws StorageException, ErrnoException {
        return dataOf(handle.object().read(offset, lengthOf(handle, offset, size)));
    }

    private static int lengthOf(FileHandle handle, long offset, int size) throws ErrnoException {
        if (offset < 0 || size < 0) {
            throw new ErrnoException(Errno.EINVAL, "offset " + offset + ", size " + size);
        }
        long left = handle.object().object().size() - offset;
        return Math.clamp(left, 0, size);
    }

    private static ReadData dataOf(BlockSlice slice) {
        return new ReadData(List.of(slice.bytes()), slice::release);
    }
}
