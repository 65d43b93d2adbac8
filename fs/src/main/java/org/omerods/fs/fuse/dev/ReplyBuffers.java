package org.omerods.fs.fuse.dev;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Memory for answers, used again. Thread-safe. When it runs out new memory is made, and left to the collector later. */
final class ReplyBuffers {
    /** The kernel has at most 64 background requests under way; foreground ones rarely are as many. 0.5 MiB in all. */
    private static final int KEPT_BUFFERS = 64;
    /** Listings are answered by one reader thread each. */
    private static final int KEPT_LISTINGS = 4;
    /** About 600 entries with attributes: one round trip per 600 files. The kernel takes less when it asks for less. */
    static final int LISTING_BYTES = 1 << 17;

    private final BlockingQueue<ReplyBuffer> buffers = new ArrayBlockingQueue<>(KEPT_BUFFERS);
    private final BlockingQueue<MemorySegment> listings = new ArrayBlockingQueue<>(KEPT_LISTINGS);

    ReplyBuffer take() {
        @Nullable ReplyBuffer kept = buffers.poll();
        return kept == null ? new ReplyBuffer() : kept;
    }

    void give(ReplyBuffer buffer) {
        buffers.offer(buffer);
    }

    /** Memory for entries of a directory. */
    MemorySegment takeListing() {
        @Nullable MemorySegment kept = listings.poll();
        return kept == null ? Arena.ofAuto().allocate(LISTING_BYTES, 8) : kept;
    }

    void giveListing(MemorySegment memory) {
        listings.offer(memory);
    }
}
