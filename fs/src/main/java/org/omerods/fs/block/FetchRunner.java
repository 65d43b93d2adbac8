package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.ObjectReader.Part;
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
        runTogether(object, List.of(fetch));
    }

    /** Runs fetches of one priority to their end on this thread, as one read; the waiters of each learn of its outcome. */
    void runTogether(CachedObject object, List<Fetch> fetches) {
        Set<Fetch> reserved = new LinkedHashSet<>();
        Set<Fetch> kept = Set.of();
        Optional<StorageException> failure = Optional.empty();
        try {
            kept = fetchInto(object, fetches, reserved);
        } catch (StorageException e) {
            failure = Optional.of(e);
        } catch (RuntimeException | Error e) {
            failure = Optional.of(unexpected(object, e));
        }
        for (Fetch fetch : fetches) {
            if (kept.contains(fetch)) {
                publish(object, fetch);
            } else if (reserved.contains(fetch)) {
                budget.release(fetch.range().length());
                failure.ifPresentOrElse(
                        e -> object.finish(fetch, e), () -> object.finish(fetch, Fetch.Outcome.NO_ROOM));
            } else if (failure.isPresent() && reserved.isEmpty()) {
                object.finish(fetch, failure.get());
            } else {
                object.finish(fetch, Fetch.Outcome.NO_ROOM);
            }
        }
    }

    private static void publish(CachedObject object, Fetch fetch) {
        try {
            object.finish(fetch, Fetch.Outcome.CACHED);
        } catch (RuntimeException | Error e) {
            object.finish(fetch, unexpected(object, e));
        }
    }

    private static StorageException unexpected(CachedObject object, Throwable e) {
        return new StorageException(Reason.CORRUPT, "read", object.path(), "unexpected " + e, e);
    }

    /**
     * Reads into buffers, writes to the block file, verifies.
     *
     * @param reserved what got room in the budget is added to it
     * @return what is in the block file now
     */
    private Set<Fetch> fetchInto(CachedObject object, List<Fetch> fetches, Set<Fetch> reserved)
            throws StorageException {
        for (Fetch fetch : fetches) {
            if (!disk.isFull() && budget.reserve(fetch.range().length())) {
                reserved.add(fetch);
            }
        }
        if (reserved.isEmpty()) {
            return Set.of();
        }
        if (budget.wantsTrim() && !execute(budget::trim)) {
            budget.trim();
        }
        Priority priority = fetches.getFirst().priority();
        Map<Fetch, Part> parts = new LinkedHashMap<>();
        for (Fetch fetch : reserved) {
            ByteRange range = fetch.range();
            parts.put(fetch, new Part(range.start(), buffers.take(Math.toIntExact(range.length()))));
        }
        boolean verified = object.source().read(List.copyOf(parts.values()), priority);
        Set<Fetch> written = new HashSet<>();
        parts.forEach((fetch, part) -> {
            (priority == Priority.DEMAND ? counters.demandBytes : counters.prefetchBytes)
                    .add(fetch.range().length());
            if (write(object, fetch, part.target().flip())) {
                written.add(fetch);
            }
            buffers.giveBack(part.target());
        });
        if (!verified && !written.isEmpty()) {
            object.source().verify();
        }
        return written;
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
