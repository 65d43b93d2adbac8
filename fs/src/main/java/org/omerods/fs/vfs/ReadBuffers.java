package org.omerods.fs.vfs;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Native memory for reads of what is being written, used again. Thread-safe. */
final class ReadBuffers {
    /** The largest read of the kernel. */
    private static final int BYTES = 1 << 20;

    /** Readers of files that are just being written are few. */
    private static final int KEPT = 8;

    private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(KEPT);

    /** Room for {@code size} bytes, from position 0. */
    ByteBuffer take(int size) {
        @Nullable ByteBuffer kept = size <= BYTES ? buffers.poll() : null;
        ByteBuffer buffer = kept == null ? ByteBuffer.allocateDirect(Math.max(size, BYTES)) : kept;
        return buffer.clear().limit(size);
    }

    void give(ByteBuffer buffer) {
        if (buffer.capacity() == BYTES) {
            buffers.offer(buffer);
        }
    }
}
