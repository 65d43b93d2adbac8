package org.omerods.storage.irods.write;

import java.util.concurrent.atomic.AtomicLong;

/** Hands out the pieces of a content to whoever is free, each once, in order. Thread-safe. */
final class Pieces {
    private final long size;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;

    Pieces(long size) {
        this.size = size;
    }

    /** Offset of the next piece, -1 when there is none left. */
    long take() {
        long offset = next.getAndAdd(WriteFlight.PIECE_BYTES);
        return offset < size ? offset : -1;
    }

    /** Length of the piece at an offset. */
    int length(long offset) {
        return (int) Math.min(WriteFlight.PIECE_BYTES, size - offset);
    }

    /** Hands out no more: somebody failed. */
    void stop() {
        stopped = true;
        next.set(size);
    }

    boolean areStopped() {
        return stopped;
    }
}
