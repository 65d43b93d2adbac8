package org.omerods.bench.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a network: takes packets from one interface and gives them to another, as late as a line of that rate and
 * length would. A packet that finds more than the queue's bytes in front of it is dropped. Two threads: one reads and
 * computes when each packet arrives, the other waits for that moment and writes.
 */
final class DelayPipe implements AutoCloseable {
    /** How long a thread sleeps before it looks whether all is over. */
    private static final int IDLE_MILLIS = 100;

    private static final long JOIN_MILLIS = 2_000;
    private static final long TIMER_SLACK_NANOS = 1_000;
    private static final int POLLFD_BYTES = 8;

    private final TunDevice from;
    private final TunDevice to;
    private final LinkShape shape;
    private final Arena arena = Arena.ofShared();
    private final PacketQueue queue;
    private final LongAdder packets = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread reader;
    private final Thread writer;
    private volatile boolean closed;

    DelayPipe(TunDevice from, TunDevice to, LinkShape shape) {
        this.from = from;
        this.to = to;
        this.shape = shape;
        this.queue = new PacketQueue(arena, shape.bytesOnTheWay() * 2);
        this.reader =
                Thread.ofPlatform().daemon().name("link-in " + from.name()).unstarted(this::take);
        this.writer = Thread.ofPlatform().daemon().name("link-out " + to.name()).unstarted(this::give);
    }

    void start() {
        reader.start();
        writer.start();
    }

    long packets() {
        return packets.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    private void take() {
        MemorySegment state = arena.allocate(NativeCalls.ERRNO);
        MemorySegment spare = arena.allocate(TunDevice.MAX_PACKET_BYTES);
        MemorySegment pollfd = arena.allocate(POLLFD_BYTES, Integer.BYTES);
        pollfd.set(ValueLayout.JAVA_INT, 0, from.fd());
        pollfd.set(ValueLayout.JAVA_SHORT, 4, NativeCalls.POLLIN);
        long lineFree = System.nanoTime();
        while (!closed) {
            MemorySegment room = queue.room();
            boolean full = room.equals(MemorySegment.NULL);
            int length = NativeCalls.read(from.fd(), full ? spare : room, state);
            if (length <= 0) {
                NativeCalls.awaitReadable(pollfd, IDLE_MILLIS, state);
                continue;
            }
            packets.increment();
            long now = System.nanoTime();
            long start = Math.max(now, lineFree);
            double waitingBytes = (start - now) / 1e9 * shape.bytesPerSecond();
            if (full || waitingBytes > shape.queueBytes()) {
                dropped.increment();
                continue;
            }
            lineFree = start + (long) (length * 1e9 / shape.bytesPerSecond());
            queue.put(length, lineFree + shape.delayNanos());
        }
    }

    private void give() {
        NativeCalls.setTimerSlack(TIMER_SLACK_NANOS);
        MemorySegment state = arena.allocate(NativeCalls.ERRNO);
        while (!closed) {
            if (!queue.awaitOne(IDLE_MILLIS * 1_000_000L)) {
                continue;
            }
            long wait = queue.firstDue() - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue; // may have been woken early
            }
            if (NativeCalls.write(to.fd(), queue.first(), state) < 0) {
                dropped.increment(); // the interface is down, or its queue is full
            }
            queue.removeFirst();
        }
    }

    /** Stops both threads; the interfaces are closed by their owner. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            reader.join(JOIN_MILLIS);
            writer.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!reader.isAlive() && !writer.isAlive()) {
            arena.close();
        }
    }
}
