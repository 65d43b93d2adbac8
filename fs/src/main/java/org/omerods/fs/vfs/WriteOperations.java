package org.omerods.fs.vfs;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.StorageException;

/** Writing to open files, and making sure of what was written. Thread-safe. */
final class WriteOperations {
    /** FALLOC_FL_KEEP_SIZE of fallocate(2). */
    private static final int KEEP_SIZE = 1;

    private final Shared shared;
    private final Writing writing;
    private final HandleTable<FileHandle> handles;

    WriteOperations(Shared shared, Writing writing, HandleTable<FileHandle> handles) {
        this.shared = shared;
        this.writing = writing;
        this.handles = handles;
    }

    /** Bytes that had to be copied since they are written after the call returned. */
    private static final class Copy {
        private volatile @Nullable ByteBuffer bytes;
    }

    void write(Request request, long handle, long offset, MemorySegment data, Reply<Integer> reply) {
        Copy copy = new Copy();
        shared.guard()
                .answer(
                        request,
                        "write",
                        handles.nameOf(handle),
                        reply,
                        () -> writeNow(handles.get(handle), offset, data, copy),
                        () -> writeLater(handles.get(handle), offset, copy));
    }

    private static Optional<Integer> writeNow(FileHandle handle, long offset, MemorySegment data, Copy copy)
            throws StorageException, ErrnoException {
        if (offset < 0 || offset > Long.MAX_VALUE - data.byteSize()) {
            throw new ErrnoException(Errno.EFBIG, "offset " + offset);
        }
        ByteBuffer bytes = data.asByteBuffer();
        Optional<StagedFile> own = handle.own();
        if (own.isPresent() && own.get().tryWrite(offset, bytes)) {
            return Optional.of(bytes.position());
        }
        copy.bytes = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        return Optional.empty();
    }

    private int writeLater(FileHandle handle, long offset, Copy copy) throws StorageException, ErrnoException {
        ByteBuffer bytes = copy.bytes;
        if (bytes == null) {
            throw new IllegalStateException("nothing was copied");
        }
        writing.of(handle).write(offset, bytes);
        return bytes.position();
    }

    /** Both flush and fsync: when they are answered the storage has what was written through this handle. */
    void synchronize(Request request, String operation, long handle, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        operation,
                        handles.nameOf(handle),
                        reply,
                        () -> isClean(handles.get(handle)) ? Optional.of(Done.DONE) : Optional.empty(),
                        () -> synchronize(handles.get(handle)));
    }

    private static boolean isClean(FileHandle handle) {
        return handle.own().filter(StagedFile::isDirty).isEmpty();
    }

    private static Done synchronize(FileHandle handle) throws StorageException {
        Optional<StagedFile> own = handle.own();
        if (own.isPresent()) {
            own.get().synchronize();
        }
        return Done.DONE;
    }

    void allocate(Request request, long handle, int mode, long offset, long length, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        "fallocate",
                        handles.nameOf(handle),
                        reply,
                        Optional::empty,
                        () -> allocate(handles.get(handle), mode, offset, length));
    }

    private Done allocate(FileHandle handle, int mode, long offset, long length)
            throws StorageException, ErrnoException {
        if ((mode & ~KEEP_SIZE) != 0) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "fallocate mode " + mode);
        }
        if (offset < 0 || length <= 0 || offset > Long.MAX_VALUE - length) {
            throw new ErrnoException(Errno.EINVAL, "offset " + offset + ", length " + length);
        }
        StagedFile file = writing.of(handle);
        if (mode == 0) {
            file.extend(offset + length);
        }
        return Done.DONE;
    }
}
