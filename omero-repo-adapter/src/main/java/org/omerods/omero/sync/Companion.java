package org.omerods.omero.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of a companion, each on a thread of its own, until it is closed. A task that fails is tried again after a
 * pause that doubles up to a minute: a database or a zone that is away is waited for. Closing interrupts the tasks in
 * reverse order and waits for each; that is safe at any moment, since passes are repeatable.
 */
public final class Companion implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Companion.class);

    static final Duration FIRST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    /** A pass answers an interrupt at its next call; one that does not is left to the end of the JVM. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

    private final SyncStatus status;
    private final Duration firstPause;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Companion(SyncStatus status, Duration firstPause, List<? extends SyncTask> tasks) {
        this.status = status;
        this.firstPause = firstPause;
        tasks.forEach(task -> loops.add(new Loop(task)));
    }

    public static Companion start(SyncStatus status, List<? extends SyncTask> tasks) {
        return start(status, FIRST_PAUSE_AFTER_FAILURE, tasks);
    }

    static Companion start(SyncStatus status, Duration firstPause, List<? extends SyncTask> tasks) {
        Companion companion = new Companion(status, firstPause, tasks);
        companion.loops.forEach(loop -> loop.thread.start());
        return companion;
    }

    /** Lets all tasks look now. */
    public void wake() {
        loops.forEach(Loop::wake);
    }

    /** Lets one task look now; an unknown name does nothing. */
    public void wake(String task) {
        loops.stream().filter(loop -> loop.task.name().equals(task)).forEach(Loop::wake);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Loop loop : loops.reversed()) {
            loop.thread.interrupt();
            try {
                if (!loop.thread.join(LONGEST_FAREWELL)) {
                    log.warn("task {} does not end; it is left behind", loop.task.name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Loop {
        private final SyncTask task;
        private final Thread thread;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        /** Guarded by {@code lock}. */
        private boolean woken;

        Loop(SyncTask task) {
            this.task = task;
            this.thread = Thread.ofPlatform()
                    .daemon()
                    .name("omero-sync " + task.name())
                    .unstarted(this::run);
        }

        void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        private void run() {
            Duration afterFailure = firstPause;
            try {
                while (!closed.get()) {
                    Duration pause;
                    try {
                        pause = task.pass();
                        status.succeeded(task.name());
                        afterFailure = firstPause;
                    } catch (InterruptedException e) {
                        throw e;
                    } catch (Exception e) {
                        if (closed.get() || Thread.interrupted()) {
                            return;
                        }
                        status.failed(task.name(), e);
                        log.warn("task {} failed, next try in {}: {}", task.name(), afterFailure, FailureText.of(e));
                        log.debug("task {} failed", task.name(), e);
                        pause = afterFailure;
                        Duration doubled = afterFailure.multipliedBy(2);
                        afterFailure = doubled.compareTo(LONGEST_PAUSE_AFTER_FAILURE) < 0
                                ? doubled
                                : LONGEST_PAUSE_AFTER_FAILURE;
                    }
                    await(pause);
                }
            } catch (InterruptedException e) {
                log.debug("task {} ends", task.name());
            }
        }

        private void await(Duration pause) throws InterruptedException {
            long left = pause.toNanos();
            lock.lockInterruptibly();
            try {
                while (!woken && left > 0) {
                    left = changed.awaitNanos(left);
                }
                woken = false;
            } finally {
                lock.unlock();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** For tests: waits until no thread of a task is left. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Loop loop : loops) {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            if (!loop.thread.join(Duration.ofMillis(left))) {
                return false;
            }
        }
        return true;
    }
}
