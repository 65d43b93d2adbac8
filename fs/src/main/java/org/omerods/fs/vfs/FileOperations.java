package org.omerods.fs.vfs;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.block.BlockSlice;
import org.omerods.fs.block.CachedObject;
import org.omerods.fs.meta.Known;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** Opening, reading and closing files. Thread-safe. */
final class FileOperations {
    private final Shared shared;
    private final Siblings siblings;
    private final ReadBuffers buffers = new ReadBuffers();
    private final HandleTable<FileHandle> handles = new HandleTable<>(HandleTable.MAX_HANDLES);

    private @Nullable Writing writing;

    FileOperations(Shared shared) {
        this.shared = shared;
        this.siblings = new Siblings(shared.metadata(), shared.view(), shared.blocks(), shared.guard());
    }

    void open(Request request, long number, int flags, Reply<OpenedFile> reply) {
        shared.guard()
                .answer(
                        request,
                        "open",
                        shared.inodes().nameOf(number),
                        reply,
                        () -> openKnown(fileToOpen(number, flags), flags),
                        () -> open(fileToOpen(number, flags), flags));
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

    /** Before the first request; without it nothing is opened for writing. */
    void writeBy(Writing all) {
        writing = all;
    }

    private Writing writing() throws ErrnoException {
        Writing present = writing;
        if (present == null) {
            throw new ErrnoException(Errno.EROFS, "the mount is read-only");
        }
        return present;
    }

    /** A handle is open on {@code file}, of which it is a user. */
    OpenedFile opened(Inode inode, StagedFile file, int flags) {
        PageCacheState.Use use = inode.pages().openedToChange(file.origin(), OpenFlags.isWriteOnly(flags));
        return handle(inode, new PageCacheState.Opened(use, 0), true, null, file);
    }

    HandleTable<FileHandle> handles() {
        return handles;
    }

    private Inode fileToOpen(long number, int flags) throws ErrnoException {
        Inode inode = shared.inodes().get(number);
        if (inode.isDirectory()) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        if (OpenFlags.changes(flags) && shared.config().writing().isEmpty()) {
            throw new ErrnoException(Errno.EROFS, "the mount is read-only");
        }
        return inode;
    }

    private Optional<OpenedFile> openKnown(Inode inode, int flags) throws StorageException, ErrnoException {
        if (OpenFlags.truncates(flags)) {
            return Optional.empty();
        }
        Optional<StagedFile> staged = inode.staged();
        if (staged.isPresent() || inode.removed().isPresent()) {
            return openStaged(inode, staged, flags);
        }
        if (OpenFlags.changes(flags)) {
            return Optional.empty(); // whether that is allowed may have to be asked
        }
        Optional<Known<Entry>> known = shared.metadata().statForOpenIfKnown(inode.path());
        if (known.isEmpty() || shared.changes().wouldChange(inode, known.get().value())) {
            return Optional.empty();
        }
        return Optional.of(openEntry(inode, known.get().value(), flags));
    }

    /** Opens what is being written; empty when that has just ended. */
    private Optional<OpenedFile> openStaged(Inode inode, Optional<StagedFile> staged, int flags) throws ErrnoException {
        if (staged.isEmpty()) {
            throw new ErrnoException(Errno.ESTALE, "its name is gone");
        }
        if (inode.pages().isPassed()) {
            throw taken(false);
        }
        StagedFile file = staged.get();
        if (!OpenFlags.changes(flags)) {
            handles.reserve();
            PageCacheState.Use use = inode.pages().opened(file.origin());
            return Optional.of(handle(inode, new PageCacheState.Opened(use, 0), false, null, null));
        }
        if (!file.use()) {
            return Optional.empty();
        }
        try {
            handles.reserve();
        } catch (ErrnoException e) {
            file.leave();
            throw e;
        }
        return Optional.of(opened(inode, file, flags));
    }

    /** Opens, and makes empty what is to be. */
    OpenedFile open(Inode inode, int flags) throws StorageException, ErrnoException {
        Optional<StagedFile> staged = inode.staged();
        Optional<OpenedFile> opened =
                staged.isPresent() || inode.removed().isPresent() ? openStaged(inode, staged, flags) : Optional.empty();
        OpenedFile file = opened.isPresent() ? opened.get() : openVersion(inode, flags);
        if (OpenFlags.truncates(flags)) {
            try {
                writing().of(handles.get(file.handle())).truncate(0);
            } catch (StorageException | ErrnoException e) {
                release(file.handle());
                throw e;
            }
        }
        return file;
    }

    private OpenedFile openVersion(Inode inode, int flags) throws StorageException, ErrnoException {
        Entry entry = shared.metadata().statForOpen(inode.path()).value();
        if (shared.changes().isChanged(inode, entry, shared.blocks())) {
            // Before the answer, so that no read is cut at the size that the kernel remembers.
            shared.changes().forgetContent(inode);
        }
        if (OpenFlags.changes(flags)) {
            writing().rights().require(entry);
        }
        return openEntry(inode, entry, flags);
    }

    private OpenedFile openEntry(Inode inode, Entry entry, int flags) throws StorageException, ErrnoException {
        shared.inodes().requireSame(inode, entry);
        if (!(entry instanceof DataObject object)) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        requireGood(object);
        handles.reserve();
        CachedObject opened = shared.blocks().open(object);
        boolean writable = OpenFlags.changes(flags);
        PageCacheState.Opened way = writable
                ? new PageCacheState.Opened(inode.pages().openedToChange(object, OpenFlags.isWriteOnly(flags)), 0)
                : PassedFile.open(inode, opened, shared);
        if (way.use() == PageCacheState.Use.TAKEN) {
            handles.cancel();
            opened.close();
            throw taken(inode.pages().isTakenByOtherThan(object));
        }
        return handle(inode, way, writable, opened, null);
    }

    private static ErrnoException taken(boolean byAnotherVersion) {
        // The kernel answers ESTALE with a new lookup, which gives the new version an inode of its own.
        return byAnotherVersion
                ? new ErrnoException(Errno.ESTALE, "the kernel reads the file of another version for this inode")
                : new ErrnoException(
                        Errno.ETXTBSY,
                        "the kernel reads its block file for others (mount.pass-through) until they close it");
    }

    private OpenedFile handle(
            Inode inode,
            PageCacheState.Opened way,
            boolean writable,
            @Nullable CachedObject object,
            @Nullable StagedFile own) {
        PageCacheState.Use use = way.use();
        long handle = handles.put(new FileHandle(shared.blocks(), inode, use, writable, object, own));
        return new OpenedFile(
                handle, use == PageCacheState.Use.KEEP, use == PageCacheState.Use.DIRECT, writable, way.backing());
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

    private Optional<ReadData> readKnown(FileHandle handle, long offset, int size)
            throws StorageException, ErrnoException {
        requireRange(offset, size);
        Optional<StagedFile> staged = handle.staged();
        if (staged.isPresent()) {
            StagedFile file = staged.get();
            return file.isLocal(offset, size) ? readStaged(handle.inode(), file, offset, size) : Optional.empty();
        }
        CachedObject object = handle.object();
        int length = lengthOf(object, offset, size);
        if (length == 0) {
            return Optional.of(ReadData.empty());
        }
        Optional<BlockSlice> slice = object.readIfPresent(offset, length);
        if (slice.isPresent()) {
            siblings.read(handle.inode().path(), object.object(), offset + length);
        }
        return slice.map(FileOperations::dataOf);
    }

    private ReadData read(FileHandle handle, long offset, int size) throws StorageException {
        while (true) {
            Optional<StagedFile> staged = handle.staged();
            if (staged.isEmpty()) {
                CachedObject object = handle.object();
                int length = lengthOf(object, offset, size);
                if (length == 0) {
                    return ReadData.empty();
                }
                siblings.read(handle.inode().path(), object.object(), offset + length);
                return dataOf(object.read(offset, length));
            }
            Optional<ReadData> data = readStaged(handle.inode(), staged.get(), offset, size);
            if (data.isPresent()) {
                return data.get();
            }
        }
    }

    /** Empty when the file was retired meanwhile: then the storage has it. */
    private Optional<ReadData> readStaged(Inode inode, StagedFile file, long offset, int size) throws StorageException {
        ByteBuffer buffer = buffers.take(size);
        try {
            int length = file.read(offset, buffer);
            MemorySegment bytes = MemorySegment.ofBuffer(buffer.flip()).asSlice(0, length);
            return Optional.of(new ReadData(List.of(bytes), () -> buffers.give(buffer)));
        } catch (StorageException e) {
            buffers.give(buffer);
            if (file.isRetired()) {
                inode.detach(file);
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireRange(long offset, int size) throws ErrnoException {
        if (offset < 0 || size < 0) {
            throw new ErrnoException(Errno.EINVAL, "offset " + offset + ", size " + size);
        }
    }

    private static int lengthOf(CachedObject object, long offset, int size) {
        return Math.clamp(object.object().size() - offset, 0, size);
    }

    private static ReadData dataOf(BlockSlice slice) {
        return new ReadData(List.of(slice.bytes()), slice::release);
    }
}
