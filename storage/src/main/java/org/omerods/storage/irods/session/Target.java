package org.omerods.storage.irods.session;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of one reply go: a caller's memory, until the caller wants it back. Thread-safe; the network side is
 * one thread.
 */
final class Target implements FrameReader.Sink {
    /** Bytes mostly flow, so the network lets go of its claim soon; else the connection is given up. */
    private static final long CLAIM_MILLIS = 50;

    private final Runnable breakConnection;
    /** Guards all fields and the bytes. Held for a copy, never over I/O. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition unclaimed = lock.newCondition();
    private final ByteBuffer bytes;
    private boolean claimed;
    private boolean abandoned;

    Target(ByteBuffer bytes, Runnable breakConnection) {
        this.bytes = bytes.slice();
        this.breakConnection = breakConnection;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Gives up: when this returns, nothing writes into the bytes any more. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            long wait = TimeUnit.MILLISECONDS.toNanos(CLAIM_MILLIS);
            while (claimed) {
                wait = awaitUninterruptibly(wait);
                if (claimed && wait <= 0) {
                    breakConnection.run(); // closes the socket, which ends the read into them
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is left of the time; an interrupt is kept for the caller. */
    private long awaitUninterruptibly(long nanos) {
        long end = System.nanoTime() + Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1));
        boolean interrupted = false;
        try {
            while (claimed && end - System.nanoTime() > 0) {
                try {
                    unclaimed.awaitNanos(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return end - System.nanoTime();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void accept(ByteBuffer piece) {
        lock.lock();
        try {
            if (!abandoned) {
                bytes.put(piece);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable ByteBuffer claim(int max) {
        if (!bytes.isDirect()) {
            return null;
        }
        lock.lock();
        try {
            if (abandoned) {
                return null;
            }
            claimed = true;
            return bytes.slice(bytes.position(), Math.min(max, bytes.remaining()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unclaim(int received) {
        lock.lock();
        try {
            bytes.position(bytes.position() + received);
            claimed = false;
            unclaimed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
