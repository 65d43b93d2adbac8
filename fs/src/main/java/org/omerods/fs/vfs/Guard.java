package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * The way of every operation: answered on the calling thread when the answer is at hand, else on a virtual thread that may
 * wait and that a signal to the asking program wakes when it
 * waits for long. Every failure becomes an errno and a line in the log, here and
 * nowhere else. Thread-safe.
 */
final class Guard implements AutoCloseable {
    /**
     * Operations that wait for the storage at a time; more wait their turn, each a parked virtual thread. The kernel sends
     * one request for each thread of a program and some read-ahead, so the queue is as long as there are threads that read.
     */
    private static final int MAX_WAITING = 256;

    /** Longer than an answer of a healthy server takes; an unmount should not wait for a sick one. */
    private static final int CLOSE_SECONDS = 2;

    /**
     * Programs get signals for many reasons (timers, profilers, children, preemption in Go), and do not expect of a file that one ends a read
     * or leaves open whether a change happened: a signal ends only what the storage takes longer for.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Answers at once or not at all. */
    interface Inline<T> {
        Optional<T> answer() throws StorageException, ErrnoException;
    }

    /** Answers after a while. */
    interface Waiting<T> {
        T answer() throws StorageException, ErrnoException;
    }

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("operation-", 0).factory());
    private final Semaphore permits = new Semaphore(MAX_WAITING, true);
    private final Ticker ticker;
    private final FailureLog failures;

    Guard(Ticker ticker) {
        this.ticker = ticker;
        this.failures = new FailureLog(ticker);
    }

    /**
     * Answers a request once.
     *
     * @param operation a verb for the log
     * @param subject what it is about, for the log
     */
    <T> void answer(
            Request request, String operation, Object subject, Reply<T> reply, Inline<T> inline, Waiting<T> waiting) {
        long start = ticker.read();
        try {
            Optional<T> answer = inline.answer();
            if (answer.isPresent()) {
                reply.ok(answer.get());
                return;
            }
            threads.execute(() -> await(request, operation, subject, reply, waiting, start));
        } catch (RejectedExecutionException _) {
            reply.fail(ErrnoOfReason.of(Reason.CLOSED));
        } catch (StorageException | ErrnoException | RuntimeException | Error e) {
            reply.fail(errnoOf(operation, subject, start, e));
        }
    }

    private <T> void await(
            Request request, String operation, Object subject, Reply<T> reply, Waiting<T> waiting, long start) {
        Thread thread = Thread.currentThread();
        // The thread ends with its operation: an interrupt that comes late finds nobody.
        request.onInterrupt(() -> CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(thread::interrupt));
        try {
            T answer = withPermit(operation, subject, waiting);
            reply.ok(answer);
        } catch (StorageException | ErrnoException | RuntimeException | Error e) {
            reply.fail(errnoOf(operation, subject, start, e));
        }
    }

    private <T> T withPermit(String operation, Object subject, Waiting<T> waiting)
            throws StorageException, ErrnoException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    Reason.INTERRUPTED, operation, subject.toString(), "interrupted before its turn", e);
        }
        try {
            return waiting.answer();
        } finally {
            permits.release();
        }
    }

    private Errno errnoOf(String operation, Object subject, long start, Throwable problem) {
        return switch (problem) {
            case ErrnoException refusal -> {
                failures.refused(operation, subject, refusal);
                yield refusal.errno();
            }
            case StorageException failure -> {
                failures.failed(operation, subject, Duration.ofNanos(ticker.read() - start), failure);
                yield ErrnoOfReason.of(failure.reason());
            }
            default -> {
                failures.broke(operation, subject, problem);
                yield Errno.EIO;
            }
        };
    }

    /** Runs something that nobody waits for, such as telling the kernel; not after {@link #close}. */
    void later(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException _) {
            // The mount goes away, and with it all that the kernel remembers.
        }
    }

    /** Lets what waits come to its end for a while, then interrupts it. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
