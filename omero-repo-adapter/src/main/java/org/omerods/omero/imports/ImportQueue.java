package org.omerods.omero.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Avu;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imports of this companion: {@link #pass} claims what is requested, as much as there is room for, and its own threads
 * run it. Closing ends what runs; it stays requested and is resumed by the next companion.
 */
public final class ImportQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportQueue.class);

    /** Longer than any pause between two passes, with room for clocks that differ. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration PAUSE_IDLE = Duration.ofSeconds(15);
    private static final Duration PAUSE_BUSY = Duration.ofSeconds(2);
    /** OMERO is away: each attempt costs a start of Python. */
    private static final Duration PAUSE_POSTPONED = Duration.ofSeconds(30);
    /** Claimed and waiting, for each that runs: other companions shall find something to do as well. */
    private static final int WAITING_PER_THREAD = 2;
    /** An importer that is told to end does so within OmeroProgram's 5 s. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final ImportClaims claims;
    private final ImportRunner runner;
    private final ImportAttributes names;
    private final int capacity;
    private final ExecutorService threads;
    private final Map<Long, Job> active = new ConcurrentHashMap<>();
    private volatile boolean busy;
    private final InstantSource clock;
    private final BiConsumer<StoragePath, ImportProgress> progress;
    private final Consumer<ImportResult> finished;
    private volatile Instant quietUntil = Instant.MIN;

    /** The claim changes when it is renewed. */
    private static final class Job {
        volatile ImportClaim claim;
        volatile @Nullable Future<?> future;

        Job(ImportClaim claim) {
            this.claim = claim;
        }
    }

    /**
     * @param companion name of this process, which no other one has or had
     * @param progress hears of steps, on any thread
     * @param finished hears what came of an import
     */
    public ImportQueue(
            Storage storage,
            ImportAttributes names,
            String companion,
            ImportRunner runner,
            ImportSettings settings,
            InstantSource clock,
            BiConsumer<StoragePath, ImportProgress> progress,
            Consumer<ImportResult> finished) {
        this.claims = new ImportClaims(storage, names, companion, LEASE, clock);
        this.runner = runner;
        this.names = names;
        this.capacity = settings.parallel() * (1 + WAITING_PER_THREAD);
        this.threads = Executors.newFixedThreadPool(
                settings.parallel(),
                Thread.ofPlatform().name("omero-import-", 0).factory());
        this.clock = clock;
        this.progress = progress;
        this.finished = finished;
    }

    /** Imports that this companion has claimed and not finished. */
    public int size() {
        return active.size();
    }

    /** Whether the last pass found or began an import: more may be requested than there was room for. */
    public boolean isBusy() {
        return busy;
    }

    /**
     * Looks once: takes back what dead companions left, renews the own claims, claims more.
     *
     * @return when to look again
     */
    public Duration pass() throws StorageException {
        busy = !active.isEmpty();
        claims.recover();
        renew();
        if (!clock.instant().isBefore(quietUntil)) {
            for (StoragePath path : claims.requested()) {
                if (active.size() >= capacity) {
                    break;
                }
                claim(path);
            }
        }
        return active.isEmpty() ? PAUSE_IDLE : PAUSE_BUSY;
    }

    private void claim(StoragePath path) throws StorageException {
        Optional<ImportClaim> claim;
        try {
            claim = claims.take(path);
        } catch (StorageException e) {
            if (e.retryable() || e.reason() == Reason.INTERRUPTED || e.reason() == Reason.CLOSED) {
                throw e;
            }
            log.warn("the import of {} cannot be claimed: {}", path, e.getMessage());
            return;
        }
        claim.ifPresent(mine -> {
            Job job = new Job(mine);
            active.put(mine.objectId(), job);
            busy = true;
            job.future = threads.submit(() -> run(job));
        });
    }

    private void renew() throws StorageException {
        for (Job job : new ArrayList<>(active.values())) {
            try {
                Optional<ImportClaim> renewed = claims.renew(job.claim);
                if (renewed.isPresent()) {
                    job.claim = renewed.get();
                    continue;
                }
                log.warn("another companion took over the import of {}; it is ended here", job.claim.path());
            } catch (StorageException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
                log.warn("{} was removed while it is imported; the import is ended", job.claim.path());
            }
            end(job);
        }
    }

    private void end(Job job) {
        active.remove(job.claim.objectId());
        var future = job.future;
        if (future != null) {
            future.cancel(true);
        }
    }

    private void run(Job job) {
        StoragePath path = job.claim.path();
        try {
            claims.move(job.claim, ImportState.RUNNING);
            ImportRequest request = claims.request(job.claim);
            log.info("importing {}", path);
            ImportResult result = runner.run(request, step -> progress.accept(path, step));
            boolean interrupted = Thread.interrupted(); // the outcome must still be written
            try {
                if (active.get(job.claim.objectId()) == job) {
                    write(job, result);
                    finished.accept(result);
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        } catch (StorageException e) {
            log.warn("the state of the import of {} cannot be written: {}", path, e.getMessage());
            if (e.reason() == Reason.INTERRUPTED) {
                giveBack(job);
            } // else the claim expires, and the import is requested again by whoever sees that
        } finally {
            active.remove(job.claim.objectId(), job);
        }
    }

    private void write(Job job, ImportResult result) throws StorageException {
        List<Avu> more = new ArrayList<>();
        switch (result) {
            case ImportResult.Done(String text) -> {
                log.info("imported {}: {}", job.claim.path(), text);
                more.add(outcome(names.result(), text));
                claims.finish(job.claim, ImportState.DONE, more);
            }
            case ImportResult.Failed(String reason, String text) -> {
                log.warn("import of {} failed: {}", job.claim.path(), reason);
                more.add(outcome(names.error(), reason));
                if (!text.isEmpty()) {
                    more.add(outcome(names.result(), text));
                }
                claims.finish(job.claim, ImportState.FAILED, more);
            }
            case ImportResult.Postponed(String reason) -> {
                quietUntil = clock.instant().plus(PAUSE_POSTPONED);
                log.info("import of {} is postponed: {}", job.claim.path(), reason);
                claims.finish(job.claim, ImportState.REQUESTED, more);
            }
        }
    }

    /** iRODS holds 2,700 bytes in a value; the log has the whole text. */
    private static Avu outcome(String attribute, String text) {
        int limit = 800; // characters of up to three bytes
        return new Avu(attribute, text.length() > limit ? text.substring(0, limit) + "…" : text, "");
    }

    /** Ends what runs and waits for its state to be written. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("an import does not end; its claim expires in {}", LEASE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        active.values().forEach(this::giveBack); // what was queued and never started
    }

    private void giveBack(Job job) {
        boolean interrupted = Thread.interrupted();
        try {
            claims.finish(job.claim, ImportState.REQUESTED, List.of());
        } catch (StorageException e) {
            log.warn("the claim of {} stays until it expires: {}", job.claim.path(), e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
