package org.omerods.fs.fuse.jnr;

import java.nio.ByteBuffer;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.DirectorySink;
import org.omerods.storage.NameCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.struct.FileStat;

/**
 * Hands entries to libfuse, with real offsets so that it need not hold the whole directory. Of attributes libfuse 2 takes the
 * inode number and the type. Thread-safe: after {@link #close} libfuse's buffer is gone and nothing is taken.
 */
final class FillerSink implements DirectorySink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FillerSink.class);

    /** More than sizeof(struct stat): 144 bytes on x86-64, 128 on aarch64. */
    private static final int STAT_BYTES = 256;

    private final Pointer buffer;
    private final FuseFillDir filler;
    /** For the log; null for a directory whose name was removed. */
    private final @Nullable String path;

    private final Pointer statMemory = Memory.allocateDirect(Runtime.getSystemRuntime(), STAT_BYTES);
    private final FileStat stat = FileStat.of(statMemory);
    /** Guarded by this. */
    private boolean closed;

    FillerSink(Pointer buffer, FuseFillDir filler, @Nullable String path) {
        this.buffer = buffer;
        this.filler = filler;
        this.path = path;
    }

    @Override
    public boolean withAttributes() {
        return false;
    }

    @Override
    public synchronized boolean offer(String name, long nextOffset, Child child) {
        @Nullable Attributes attributes = child.attributes();
        if (attributes == null || nextOffset <= 0) {
            throw new IllegalArgumentException("entry '" + name + "', next offset " + nextOffset + ": " + child);
        }
        if (closed) {
            return false;
        }
        byte[] bytes = NameCodec.encode(name);
        for (byte b : bytes) {
            if (b == 0 || b == '/') {
                log.warn("readdir {}: left out the entry '{}', the kernel cannot hold such a name", path, name);
                return true;
            }
        }
        ByteBuffer terminated = ByteBuffer.allocate(bytes.length + 1).put(bytes).rewind();
        stat.st_ino.set(attributes.inode());
        stat.st_mode.set(attributes.kind().modeBits());
        return filler.apply(buffer, terminated, statMemory, nextOffset) == 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
