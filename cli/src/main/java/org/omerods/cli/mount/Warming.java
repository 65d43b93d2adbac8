package org.omerods.cli.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.fs.block.CacheMaintenance;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;

/**
 * Fetches whole objects into the cache: some pieces at a time, as many bytes a second as somebody said. What is here already is
 * passed over at once, so that it can be begun again.
 */
final class Warming {
    /** A piece is 4 MiB: 256 MiB under way. */
    private static final int MAX_PARALLEL = 64;

    private record Piece(DataObject object, ByteRange range) {}

    private final CacheMaintenance cache;
    private final List<DataObject> objects;
    private final int parallel;
    private final long bytesPerSecond;
    private final Progress progress;
    private final long totalBytes;
    private final long start = System.nanoTime();

    /** Guarded by its monitor, as are the two below. */
    private final Deque<Piece> left = new ArrayDeque<>();

    private final Deque<DataObject> untouched = new ArrayDeque<>();
    private boolean full;

    Warming(
            CacheMaintenance cache,
            List<DataObject> objects,
            int parallel,
            long bytesPerSecond,
            ControlServer.Teller teller) {
        this.cache = cache;
        this.objects = objects;
        this.parallel = Math.clamp(parallel, 1, MAX_PARALLEL);
        this.bytesPerSecond = bytesPerSecond;
        this.totalBytes = objects.stream().mapToLong(DataObject::size).sum();
        this.progress = new Progress(teller, totalBytes);
        this.untouched.addAll(objects);
    }

    /** What was done. */
    Map<String, Object> run() throws StorageException, IOException, InterruptedException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("warm-", 0).factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                workers.add(threads.submit(() -> {
                    work();
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StorageException failure -> throw failure;
                case InterruptedException interrupt -> throw interrupt;
                case null, default -> throw new IllegalStateException(e);
            }
        }
        progress.requireListener();
        if (full) {
            throw new IOException("the cache has no room: " + progress.doneBytes() + " of " + totalBytes
                    + " bytes are here; raise cache.max-size, evict or unpin something");
        }
        return Map.of("objects", objects.size(), "bytes", progress.doneBytes());
    }

    private void work() throws StorageException, InterruptedException {
        for (Piece piece = next(); piece != null; piece = next()) {
            try {
                if (!cache.warm(piece.object(), piece.range())) {
                    stop(true);
                    return;
                }
            } catch (StorageException e) {
                stop(false);
                throw e;
            }
            progress.add(piece.range().length());
            pace();
        }
    }

    private synchronized @Nullable Piece next() {
        if (!progress.goOn()) {
            return null;
        }
        while (left.isEmpty() && !untouched.isEmpty()) {
            DataObject object = untouched.poll();
            cache.pieces(object).forEach(range -> left.add(new Piece(object, range)));
        }
        return left.poll();
    }

    private synchronized void stop(boolean becauseItIsFull) {
        full |= becauseItIsFull;
        left.clear();
        untouched.clear();
    }

    /** Waits until so many bytes may be here. */
    private void pace() throws InterruptedException {
        if (bytesPerSecond > 0) {
            double due = (double) progress.doneBytes() / bytesPerSecond;
            Duration early = Duration.ofNanos((long) (due * 1e9) - (System.nanoTime() - start));
            if (early.isPositive()) {
                Thread.sleep(early);
            }
        }
    }
}
