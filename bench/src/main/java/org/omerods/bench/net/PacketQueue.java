package org.omerods.bench.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way, in order, each with the time at which it arrives. One thread puts, one takes. Bounded in bytes and
 * in number; what does not fit is refused, as a full switch does. Positions count bytes since the start and only grow;
 * modulo the capacity they are places in the ring.
 */
final class PacketQueue {
    /** Acknowledgements are small: a full window of them must find room. */
    private static final int MAX_PACKETS = 1 << 16;

    private final MemorySegment ring;
    private final long capacity;
    private final long[] positions = new long[MAX_PACKETS];
    private final int[] lengths = new int[MAX_PACKETS];
    private final long[] dueNanos = new long[MAX_PACKETS];
    /** Packets put and taken since the start. Their distance is what is queued. */
    private final AtomicLong put = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();
    /** Where the next packet begins; the putting thread's own. */
    private long nextPosition;

    private volatile @Nullable Thread waiting;

    /** @param bytes of all packets together; at least some packets fit */
    PacketQueue(Arena arena, long bytes) {
        this.capacity = Math.max(bytes, 4L * TunDevice.MAX_PACKET_BYTES);
        this.ring = arena.allocate(capacity);
    }

    /** Room for one packet of any size, to be filled and {@link #put}; NULL when the ring is full. */
    MemorySegment room() {
        long first = taken.get();
        long next = put.get();
        long toTheEnd = capacity - nextPosition % capacity;
        if (toTheEnd < TunDevice.MAX_PACKET_BYTES) {
            nextPosition += toTheEnd; // a packet lies in one piece
        }
        long oldest = next > first ? positions[index(first)] : nextPosition;
        boolean full = next - first >= MAX_PACKETS || nextPosition + TunDevice.MAX_PACKET_BYTES - oldest > capacity;
        return full ? MemorySegment.NULL : ring.asSlice(nextPosition % capacity, TunDevice.MAX_PACKET_BYTES);
    }

    /** What was written into the last {@link #room} becomes a packet of that length. */
    void put(int length, long due) {
        long next = put.get();
        positions[index(next)] = nextPosition;
        lengths[index(next)] = length;
        dueNanos[index(next)] = due;
        nextPosition += length;
        put.set(next + 1);
        Thread taker = waiting;
        if (taker != null) {
            LockSupport.unpark(taker);
        }
    }

    /** Whether a packet is there; waits for one, but not longer than that. May also return early. */
    boolean awaitOne(long nanos) {
        if (put.get() == taken.get()) {
            waiting = Thread.currentThread();
            if (put.get() == taken.get()) {
                LockSupport.parkNanos(this, nanos);
            }
            waiting = null;
        }
        return put.get() > taken.get();
    }

    /** When the first packet arrives, by {@link System#nanoTime}. */
    long firstDue() {
        return dueNanos[index(taken.get())];
    }

    MemorySegment first() {
        int index = index(taken.get());
        return ring.asSlice(positions[index] % capacity, lengths[index]);
    }

    void removeFirst() {
        taken.incrementAndGet();
    }

    private static int index(long number) {
        return (int) (number & (MAX_PACKETS - 1));
    }
}
