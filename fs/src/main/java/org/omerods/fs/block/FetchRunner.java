package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs fetches on threads of their own, so that a reader who gives up takes nothing from the others: read into a buffer,
 * write to the block file, verify the version unless the read did, publish. Thread-safe.
 */
final class FetchRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FetchRunner.class);

    /** A tile's worth of segments at a time: one flight over the connections, and at most 256 MiB of buffers. */
    private static final int MAX_DEMAND_FETCHES = 64;

    /** Longer than an answer of a healthy server takes; an unmount should not wait for a sick one. */
    private static final int CLOSE_SECONDS = 2;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fetch-", 0).factory());
    private final Semaphore demandPermits = new Semaphore(MAX_DEMAND_FETCHES, true);
    private final StagingBuffers buffers = new StagingBuffers();
    private final DiskState disk;
    private final Budget budget;
    private final ReadCounters counters;

    FetchRunner(Budget budget, ReadCounters counters, Ticker ticker) {
        this.disk = new DiskState(ticker);
        this.budget = budget;
        this.counters = counters;
    }

    /** Starts each fetch on its own thread. */
    void start(CachedObject object, List<Fetch> fetches) {
        for (Fetch fetch : fetches) {
            runOrRefuse(object, fetch);
        }
    }

    private void runOrRefuse(CachedObject object, Fetch fetch) {
        try {
            threads.execute(() -> {
                demandPermits.acquireUninterruptibly();
                try {
                    run(object, fetch);
                } finally {
                    demandPermits.release();
                }
            });
        } catch (RejectedExecutionException _) {
            object.finish(fetch, closed(object));
        }
    }

    /** Runs a piece of work that fetches on its own behalf. False when the cache is closed. */
    boolean execute(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Runs a piece of work, here when the cache is closed. */
    void executeOrRun(Runnable work) {
        if (!execute(work)) {
            work.run();
        }
    }

    /** Runs one fetch to its end on this thread; its waiters learn of the outcome. */
    void run(CachedObject object, Fetch fetch) {
        try {
            object.finish(fetch, fetchInto(object, fetch));
        } catch (StorageException e) {
            object.finish(fetch, e);
        } catch (RuntimeException | Error e) {
            object.finish(fetch, new StorageException(Reason.CORRUPT, "read", object.path(), "unexpected " + e, e));
        }
    }

    private Fetch.Outcome fetchInto(CachedObject object, Fetch fetch) throws StorageException {
        int length = Math.toIntExact(fetch.range().length());
        if (disk.isFull() || !budget.reserve(length)) {
            return Fetch.Outcome.NO_ROOM;
        }
        if (budget.wantsTrim() && !execute(budget::trim)) {
            budget.trim();
        }
        boolean kept = false;
        try {
            ByteBuffer buffer = buffers.take(length);
            boolean verified = object.source().read(fetch.range().start(), buffer, fetch.priority());
            (fetch.priority() == Priority.DEMAND ? counters.demandBytes : counters.prefetchBytes).add(length);
            boolean written = write(object, fetch, buffer.flip());
            buffers.giveBack(buffer);
            if (!written) {
                return Fetch.Outcome.NO_ROOM;
            }
            if (!verified) {
                object.source().verify();
            }
            kept = true;
            return Fetch.Outcome.CACHED;
        } finally {
            if (!kept) {
                budget.release(length);
            }
        }
    }

    private boolean write(CachedObject object, Fetch fetch, ByteBuffer bytes) {
        try {
            object.file().write(fetch, bytes);
            disk.worked();
            return true;
        } catch (IOException e) {
            disk.failed(e);
            budget.makeRoomOnDisk();
            return false;
        }
    }

    private static StorageException closed(CachedObject object) {
        return new StorageException(Reason.CLOSED, "read", object.path(), "the block cache is closed");
    }

    /** Lets what runs come to its end for a while, then interrupts it. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.info("Fetches still under way after {} s are given up", CLOSE_SECONDS);
                threads.shutdownNow();
                if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    log.warn("Fetches do not end; their block files stay until the process does");
                }
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
