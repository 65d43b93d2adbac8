package org.omerods.storage.irods.write;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Pieces that become known one after the other. A few wait, so that nobody who is free has to. Thread-safe. */
final class GrowingPieces implements Pieces {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All below guarded by the lock. */
    private final Queue<Piece> waiting = new ArrayDeque<>();

    private int mayWait;
    private boolean ended;
    private boolean stopped;

    /** One more piece may wait: somebody comes who takes some. */
    void oneMoreWaits() {
        lock.lock();
        try {
            mayWait++;
        } finally {
            lock.unlock();
        }
    }

    /** False when as many wait as may, or all were handed out. */
    boolean offer(Piece piece) {
        lock.lock();
        try {
            if (ended || stopped || waiting.size() >= mayWait) {
                return false;
            }
            waiting.add(piece);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Piece> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended && !stopped) {
                changed.await();
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait are still handed out, then none. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean areStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}
