package org.omerods.fs.staging;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings staged files into the storage, some at a time, and tries again what failed. Thread-safe. */
final class Uploads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("upload-", 0).factory());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upload-retries").daemon().factory());
    private final AtomicInteger underWay = new AtomicInteger();
    private final Semaphore permits;
    private final Storage storage;
    private final StagingConfig config;
    private final InstantSource now;
    private final Ending ending;

    /** Hears how uploads end, before those who wait for them. */
    interface Ending {
        /** In memory alone, and quick: the file stands still meanwhile. */
        void succeeded(StagedFile file, DataObject object);

        void failed(StagedFile file, UploadFailure failure);

        /** Last, when nobody waits any more. */
        void ended(StagedFile file);
    }

    Uploads(Storage storage, StagingConfig config, InstantSource now, Ending ending) {
        this.storage = storage;
        this.config = config;
        this.now = now;
        this.ending = ending;
        this.permits = new Semaphore(config.maxUploads(), true);
    }

    int underWay() {
        return underWay.get();
    }

    /** Starts one; the result completes when it ended, with null when there was nothing to do. */
    CompletableFuture<DataObject> start(StagedFile file) {
        CompletableFuture<DataObject> result = new CompletableFuture<>();
        underWay.incrementAndGet();
        try {
            threads.execute(() -> run(file, result));
        } catch (RejectedExecutionException _) {
            underWay.decrementAndGet();
            result.completeExceptionally(new StorageException(
                    Reason.CLOSED, "upload", file.path().value(), "the mount is being closed; the bytes are kept"));
        }
        return result;
    }

    private void run(StagedFile file, CompletableFuture<DataObject> result) {
        @Nullable UploadFailure failure = null;
        StorageException problem = null;
        try {
            withPermit(file);
        } catch (StorageException e) {
            problem = e;
        } catch (RuntimeException | Error e) {
            log.error("uploading {} broke", file, e);
            problem = new StorageException(Reason.CORRUPT, "upload", file.path().value(), "unexpected " + e, e);
        }
        if (problem != null) {
            failure = failureOf(file, problem);
            keep(file);
        }
        file.uploadEnded(failure);
        try {
            if (failure != null && problem != null) {
                ending.failed(file, failure);
                result.completeExceptionally(problem);
                retryLater(file, failure);
            } else {
                result.complete(null);
            }
            ending.ended(file);
        } finally {
            underWay.decrementAndGet(); // last: whoever waits for room hopes until it is given back
        }
    }

    private void withPermit(StagedFile file) throws StorageException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    Reason.CLOSED, "upload", file.path().value(), "the mount is being closed; the bytes are kept", e);
        }
        try {
            file.upload(storage, object -> ending.succeeded(file, object));
        } finally {
            permits.release();
        }
    }

    private UploadFailure failureOf(StagedFile file, StorageException problem) {
        int attempts = file.failure().map(UploadFailure::attempts).orElse(0) + 1;
        boolean parked = !UploadFailure.passes(problem.reason());
        String message = String.valueOf(problem.getMessage());
        if (attempts == 1 || parked) {
            log.warn("Not uploaded, the bytes are kept{}: {}", parked ? " for a person" : " and tried again", message);
        } else {
            log.info("Not uploaded after {} tries: {}", attempts, message);
        }
        return new UploadFailure(problem.reason(), message, attempts, now.instant(), parked);
    }

    /** The writer is about to be told that it failed: from now on not even a power cut may lose the bytes. */
    private static void keep(StagedFile file) {
        try {
            file.bytes().force();
        } catch (IOException e) {
            log.error("The bytes of {} cannot be made safe on this disk", file, e);
        }
    }

    private void retryLater(StagedFile file, UploadFailure failure) {
        if (!failure.parked()) {
            schedule(file, config.pauseAfter(failure.attempts()));
        }
    }

    /** Uploads it after a pause if that is still wanted then. */
    void schedule(StagedFile file, Duration pause) {
        try {
            ScheduledFuture<?> _ = clock.schedule(
                    () -> {
                        if (file.isDirty()) {
                            CompletableFuture<DataObject> _ = file.startUpload();
                        }
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // closed: the next start goes on
        }
    }

    Instant instant() {
        return now.instant();
    }

    /** No more retries; uploads under way get {@code patience}, then they are broken off and the bytes stay staged. */
    void close(Duration patience) {
        clock.shutdownNow();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("An upload does not end; its bytes stay staged");
                }
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
