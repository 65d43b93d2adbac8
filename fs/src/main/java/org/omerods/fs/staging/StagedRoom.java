package org.omerods.fs.staging;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of the staging space one file uses: all that was written, counted in whole units, which means few ranges to
 * remember, and little more than what the disk uses. Thread-safe.
 */
final class StagedRoom {
    private static final long UNIT = 64 << 10;

    private final StagingSpace space;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final RangeSet used = new RangeSet();

    StagedRoom(StagingSpace space) {
        this.space = space;
    }

    /** Counts what a recovered file holds. */
    void chargeRecovered(long heldBytes) {
        long units = behind(heldBytes);
        take(0, units);
        space.charge(units);
    }

    long bytes() {
        lock.lock();
        try {
            return used.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** How much more a write needs. */
    long missing(long offset, long length) {
        lock.lock();
        try {
            return used.missing(of(offset), behind(offset + length));
        } finally {
            lock.unlock();
        }
    }

    /** Bytes were written; returns how much more is used by that, which was reserved before. */
    long take(long start, long end) {
        lock.lock();
        try {
            return used.add(of(start), behind(end));
        } finally {
            lock.unlock();
        }
    }

    /** The file ends there now: what is behind is given back. */
    void cut(long size) {
        long freed;
        lock.lock();
        try {
            freed = used.cut(behind(size));
        } finally {
            lock.unlock();
        }
        space.release(freed);
    }

    /** Gives back what was reserved and not taken. */
    void release(long bytes) {
        space.release(bytes);
    }

    boolean tryReserve(long bytes) {
        return space.tryReserve(bytes);
    }

    private static long of(long offset) {
        return offset / UNIT * UNIT;
    }

    private static long behind(long end) {
        return Math.ceilDiv(end, UNIT) * UNIT;
    }
}
