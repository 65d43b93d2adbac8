package org.omerods.storage.irods.write;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Buffers outside of the heap that pieces travel in, used again by the next upload. Thread-safe. */
final class PieceBuffers {
    /** As many as are kept; more uploads at once make their own. */
    private static final int KEPT = 8;

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT);

    /** An empty buffer of {@link WriteFlight#PIECE_BYTES}. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(WriteFlight.PIECE_BYTES) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.offer(buffer);
    }
}
