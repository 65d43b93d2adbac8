package org.omerods.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone at the end, in reverse order, by the thread that made this. When the end is a signal, the JVM's
 * shutdown ends the running program and interrupts that thread, so that no mount comes up behind the shutdown's back; only
 * when that thread hangs does the shutdown undo the rest itself. Thread-safe; everything is undone once.
 */
final class Teardown implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Teardown.class);

    /** How long a thread may take to notice that it is over and to undo all: a lazy unmount and some deletions. */
    private static final long PATIENCE_SECONDS = 15;

    private final Thread owner = Thread.currentThread();
    private final Thread hook = Thread.ofPlatform().name("demo-teardown").unstarted(this::interrupt);
    private final CountDownLatch undone = new CountDownLatch(1);
    private final Deque<AutoCloseable> steps = new ArrayDeque<>();
    private Runnable stopProgram = () -> {};
    private boolean closed;
    private boolean interrupted;

    private Teardown() {}

    /** Registers with the JVM's shutdown. */
    static Teardown atExit() {
        Teardown teardown = new Teardown();
        Runtime.getRuntime().addShutdownHook(teardown.hook);
        return teardown;
    }

    /**
     * Remembers a step and returns it.
     *
     * @throws InterruptedException when all is over already; then the step was undone at once
     */
    <T extends AutoCloseable> T add(T step) throws InterruptedException {
        synchronized (this) {
            if (!closed) {
                steps.push(step);
                return step;
            }
        }
        undo(step);
        throw new InterruptedException();
    }

    /** Undoes a step before its time. */
    void undoNow(AutoCloseable step) {
        boolean present;
        synchronized (this) {
            present = steps.remove(step);
        }
        if (present) {
            undo(step);
        }
    }

    /** What ends the program that the owner waits for; a signal comes to it first. */
    synchronized void running(Runnable stop) {
        stopProgram = stop;
        if (closed) {
            stop.run();
        }
    }

    /** Whether a signal ended the demo: errors that follow from it are not worth telling. */
    synchronized boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        synchronized (this) {
            interrupted = true;
            closed = true;
            stopProgram.run();
        }
        owner.interrupt();
        try {
            if (!undone.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("demo: still at work {} s after the signal; undoing under its hands", PATIENCE_SECONDS);
                undoAll();
            }
        } catch (InterruptedException e) {
            log.debug("nobody interrupts a shutdown hook", e);
        }
    }

    @Override
    public void close() {
        // set by the hook: it was meant for the work, and would disturb the undoing
        boolean wasInterrupted = Thread.interrupted();
        undoAll();
        undone.countDown();
        if (isInterrupted()) {
            return;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("the JVM is going down already", e);
        }
    }

    /** Steps are undone outside of the lock: they wait for threads that may want to add one. */
    private void undoAll() {
        while (true) {
            AutoCloseable step;
            synchronized (this) {
                closed = true;
                if (steps.isEmpty()) {
                    return;
                }
                step = steps.pop();
            }
            undo(step);
        }
    }

    private static void undo(AutoCloseable step) {
        try {
            step.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("demo: {} could not be undone: {}", step, e.toString());
        }
    }
}
