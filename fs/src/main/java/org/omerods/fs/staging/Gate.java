package org.omerods.fs.staging;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets writers in together, or one alone who needs the file to hold still: an upload, a truncation, a rename. Who wants to
 * be alone comes before writers that come later. Not a lock: I/O happens inside, by any thread. Thread-safe.
 */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by lock. */
    private int inside;

    private int waitingAlone;
    private boolean alone;

    /** Comes in with others if nobody is, or waits to be, alone. */
    boolean tryEnter() {
        lock.lock();
        try {
            if (alone || waitingAlone > 0) {
                return false;
            }
            inside++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Comes in with others. */
    void enter() throws InterruptedException {
        lock.lock();
        try {
            while (alone || waitingAlone > 0) {
                changed.await();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Comes in alone. */
    void enterAlone() throws InterruptedException {
        lock.lock();
        waitingAlone++;
        try {
            while (alone || inside > 0) {
                changed.await();
            }
            alone = true;
        } finally {
            waitingAlone--;
            changed.signalAll();
            lock.unlock();
        }
    }

    void leaveAlone() {
        lock.lock();
        try {
            alone = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
