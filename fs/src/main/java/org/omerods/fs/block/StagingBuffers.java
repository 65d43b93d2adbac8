package org.omerods.fs.block;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Native buffers between the network and the block files, kept for reuse: zeroing a fresh one costs as much as filling it.
 * Thread-safe.
 */
final class StagingBuffers {
    /** As much as one full window of prefetch has under way; what comes back beyond that is left to the collector. */
    private static final long MAX_KEPT_BYTES = 32L << 20;

    /** Smaller requests share one size. */
    private static final int MIN_BYTES = 64 << 10;

    private final Map<Integer, ArrayDeque<ByteBuffer>> bySize = new HashMap<>();
    private long keptBytes;

    /** A buffer whose limit is {@code bytes}. */
    ByteBuffer take(int bytes) {
        int capacity = Math.max(MIN_BYTES, Integer.highestOneBit(Math.max(1, bytes - 1)) << 1);
        ByteBuffer kept = poll(capacity);
        ByteBuffer buffer = kept == null ? ByteBuffer.allocateDirect(capacity) : kept;
        return buffer.clear().limit(bytes);
    }

    /** Returns a buffer that nobody writes into any more: not one whose read failed. */
    synchronized void giveBack(ByteBuffer buffer) {
        if (keptBytes + buffer.capacity() <= MAX_KEPT_BYTES) {
            keptBytes += buffer.capacity();
            bySize.computeIfAbsent(buffer.capacity(), _ -> new ArrayDeque<>()).push(buffer);
        }
    }

    private synchronized @Nullable ByteBuffer poll(int capacity) {
        ArrayDeque<ByteBuffer> buffers = bySize.get(capacity);
        ByteBuffer buffer = buffers == null ? null : buffers.poll();
        keptBytes -= buffer == null ? 0 : capacity;
        return buffer;
    }
}
