package org.omerods.fs.block;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A block file that holds every byte of its object. Until it is closed, nothing of it is evicted, so that whoever has opened
 * the file reads the whole version from it, for as long as the descriptor lives even when the version is replaced meanwhile.
 * Thread-safe.
 */
public final class CompleteFile implements AutoCloseable {
    private final Path path;
    private final long size;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    CompleteFile(Path path, long size, Runnable release) {
        this.path = path;
        this.size = size;
        this.release = release;
    }

    /** Of the block file: byte n of it is byte n of the object. To be opened for reading, and only while this is open. */
    public Path path() {
        return path;
    }

    /** Length of file and object, more than 0. */
    public long size() {
        return size;
    }

    /** From now on it may be evicted. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
