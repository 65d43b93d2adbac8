package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of object versions on a local disk: fetched once, within a budget, and found again by the next
 * process. Thread-safe.
 */
public final class BlockCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlockCache.class);

    private final Storage storage;
    private final BlockCacheConfig config;
    private final ContentListener listener;
    private final ReadCounters counters = new ReadCounters();
    private final Budget budget;
    private final CacheParts cacheParts;
    private final RestoredFiles restored;
    private final ContentChecks checks;
    private final BlockParts parts;
    private final Resting resting;

    private final ObjectTable objects;
    private final Adoption adoption;

    /** Adoptions under way. */
    private final Map<ContentKey, CompletableFuture<Void>> entering = new ConcurrentHashMap<>();

    private BlockCache(
            Storage storage,
            BlockCacheConfig config,
            PrefetchConfig prefetch,
            ContentListener listener,
            CacheDirectory directory,
            Ticker ticker)
            throws IOException {
        this.storage = storage;
        this.config = config;
        this.listener = listener;
        this.objects = new ObjectTable(config.maxFiles());
        this.budget = new Budget(config.maxBytes(), counters);
        this.cacheParts = new CacheParts(
                directory, config, budget, new Protections(config.maxBytes()), new Pins(config.maxBytes()), counters);
        this.adoption = new Adoption(cacheParts);
        FetchRunner runner = new FetchRunner(budget, counters, ticker);
        PrefetchConfig limited = prefetch.limitedTo(config.maxBytes());
        SlideLayouts layouts = new SlideLayouts(runner, limited);
        Prefetcher prefetcher = new Prefetcher(limited, config.extentBytes(), runner, layouts.counters(), ticker);
        this.parts = new BlockParts(runner, prefetcher, layouts, limited, counters);
        this.resting = new Resting(runner::executeOrRun, ticker);
        this.checks = new ContentChecks(this, config.verifyComplete(), counters, ticker);
        this.restored = new RestoredFiles(new Restoration(directory, config)
                .run((key, blocks) ->
                        new CachedFile(cacheParts, key, blocks.index().header().path(), blocks)));
        budget.evictTo(config.maxBytes());
        removeExcess();
    }

    /**
     * Opens the cache in its directory.
     *
     * @throws IOException when the directory cannot be used; the message says why and what to do
     */
    public static BlockCache open(
            Storage storage, BlockCacheConfig config, PrefetchConfig prefetch, ContentListener listener, Ticker ticker)
            throws IOException {
        CacheDirectory directory = CacheDirectory.open(config.directory());
        try {
            return new BlockCache(storage, config, prefetch, listener, directory, ticker);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The version {@code object} for one more user, who closes it. Never blocks on the storage. */
    public CachedObject open(DataObject object) {
        ContentKey key = ContentKey.of(object);
        CachedObject opened = objects.acquire(key, () -> newObject(key, object));
        resting.end(opened);
        restored.takeOthers(key).forEach(CachedFile::retire);
        removeExcess();
        checks.distrust(opened).ifPresent(reason -> {
            objects.remove(opened);
            opened.retire(reason);
        });
        opened.beginRestored();
        return opened;
    }

    /**
     * Gives an eighth of what is cached back to the disk, on which something else has no room.
     *
     * @param place of that; where it is on another disk nothing is given
     * @return whether anything was given
     */
    public boolean giveToDisk(Path place) {
        try {
            if (!Files.getFileStore(place).equals(Files.getFileStore(config.directory()))) {
                return false;
            }
        } catch (IOException _) {
            return false;
        }
        long before = counters.evictedBytes.sum();
        budget.makeRoomOnDisk();
        return counters.evictedBytes.sum() > before;
    }

    /**
     * Takes over a local file that has all bytes of a version which this mount brought into the storage a moment ago: they
     * need not be fetched. Returns before the last of a large one is entered; readers wait for what they want of it.
     *
     * @param local in the filesystem of the cache directory
     * @return whether it was taken; else what is left of it is the caller's, and the version is fetched when somebody reads
     *     it
     */
    public boolean adopt(DataObject object, Path local) {
        if (!adoption.wants(object)) {
            return false;
        }
        Optional<CachedFile> file = adoption.move(object, local);
        if (file.isEmpty()) {
            return false;
        }
        ObjectSource source = new ObjectSource(storage, object, counters);
        CachedObject adopted = new CachedObject(this, parts, source, file.get(), checks);
        adopted.isKnownToBeRight();
        List<Claim> claims;
        try {
            claims = adoption.claim(file.get());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            file.get().retire();
            return true;
        }
        ContentKey key = ContentKey.of(object);
        if (!objects.add(key, adopted)) {
            file.get().retire(); // somebody reads it already
            adoption.leave(adopted, claims);
            return true;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        entering.put(key, done);
        removeExcess();
        if (object.size() <= config.extentBytes()) {
            enter(adopted, claims, done);
        } else {
            parts.runner().executeOrRun(() -> enter(adopted, claims, done));
        }
        return true;
    }

    private void enter(CachedObject adopted, List<Claim> claims, CompletableFuture<Void> done) {
        try {
            adoption.enter(adopted, claims);
        } finally {
            adopted.close();
            entering.remove(ContentKey.of(adopted.object()), done);
            done.complete(null);
        }
    }

    /**
     * This mount gave an object another time: the same bytes are another version by that. What is here as a whole, and not
     * read at this moment, is kept for it.
     */
    public void touched(DataObject before, DataObject now) {
        ObjectVersion old = before.version();
        ObjectVersion touched = now.version();
        boolean sameBytes = old.id() == touched.id()
                && old.size() == touched.size()
                && !old.checksum().isEmpty()
                && old.checksum().equals(touched.checksum());
        if (old.equals(touched) || !sameBytes || !adoption.wants(now)) {
            return;
        }
        CompletableFuture<Void> adopting = entering.get(ContentKey.of(before));
        if (adopting == null) {
            keepTouched(before, now);
        } else {
            var _ = adopting.thenRun(() -> keepTouched(before, now));
        }
    }

    private void keepTouched(DataObject before, DataObject now) {
        Optional<CachedObject> unused = objects.takeUnused(ContentKey.of(before));
        if (unused.isPresent()) {
            try {
                Optional<Path> bytes = unused.get().file().detach();
                if (bytes.isPresent() && !adopt(now, bytes.get())) {
                    Files.deleteIfExists(bytes.get());
                }
            } catch (IOException e) {
                log.debug("{} is fetched again: {}", before.path(), e.toString());
            }
            retireUnused(unused.get());
        }
    }

    /** A newer version was seen: what is kept of this one goes when its last user does. */
    public void discard(DataObject object) {
        objects.markObsolete(ContentKey.of(object)).ifPresent(this::retireUnused);
    }

    private void removeExcess() {
        restored.takeExcess(config.maxFiles() - objects.size()).forEach(CachedFile::retire);
        objects.removeExcess().forEach(this::retireUnused);
    }

    /** This mount renamed a tree: who has objects in it open reads on. Not for places that do not number objects. */
    public void moved(StoragePath from, StoragePath to) {
        for (CachedObject object : objects.all()) {
            StoragePath old = object.object().path();
            if (object.object().id() != 0 && old.isIn(from)) {
                object.source()
                        .movedTo(new StoragePath(
                                to.value() + old.value().substring(from.value().length())));
            }
        }
    }

    /** For what a person asks of the cache. */
    public CacheMaintenance maintenance() {
        return new CacheMaintenance(this, cacheParts);
    }

    /** Of all versions that are kept. */
    List<CachedFile> files() {
        List<CachedFile> files = new ArrayList<>(restored.all());
        objects.all().forEach(object -> files.add(object.file()));
        return files;
    }

    void trust(DataObject object) {
        checks.trust(ContentKey.of(object));
    }

    /** Drops a version as soon as nobody reads it. False when it is not kept. */
    boolean drop(ContentKey key) {
        Optional<CachedFile> unopened = restored.take(key);
        unopened.ifPresent(CachedFile::retire);
        Optional<CachedObject> unused = objects.markObsolete(key);
        unused.ifPresent(this::retireUnused);
        return unopened.isPresent() || unused.isPresent();
    }

    public BlockStatistics statistics() {
        return counters.snapshot(
                budget.usedBytes(),
                cacheParts.protections().totalBytes(),
                cacheParts.pins().totalBytes(),
                files().stream().filter(CachedFile::isComplete).count());
    }

    public PrefetchStatistics prefetchStatistics() {
        return parts.layouts()
                .statistics(counters.prefetchBytes.sum(), parts.prefetcher().queued());
    }

    /** Waits for what is under way, within bounds. The files stay for the next cache in this directory. */
    @Override
    public void close() {
        List<CachedObject> all = objects.removeAll();
        all.forEach(object -> object.suspend(
                new StorageException(Reason.CLOSED, "read", object.path(), "the block cache is closed")));
        restored.takeAll().forEach(CachedFile::suspend);
        parts.runner().close();
        checks.close();
        try {
            cacheParts.directory().close();
        } catch (IOException e) {
            log.warn("Cannot let go of the cache directory {}: {}", config.directory(), e.toString());
        }
    }

    void close(CachedObject object) {
        switch (objects.release(object)) {
            case RESTS -> {
                parts.prefetcher().abandon(object);
                resting.begin(object);
            }
            case REMOVED -> retireUnused(object);
            case STILL_USED, GONE_BEFORE -> {
                // others read on, or it was retired already
            }
        }
    }

    /** The storage said that it is another version by now. */
    void retireStale(CachedObject object, StorageException reason) {
        boolean first = objects.remove(object);
        object.retire(reason);
        if (first) {
            counters.stale.increment();
            listener.stale(object.object());
        }
    }

    /** All bytes of an object have come. */
    void completed(CachedObject object) {
        listener.complete(object);
    }

    /** Its bytes are wrong: nobody gets any of them from now on. */
    void retireWrong(CachedObject object, StorageException reason) {
        objects.remove(object);
        object.retire(reason);
        listener.wrong(object.object());
    }

    private void retireUnused(CachedObject object) {
        object.retire(new StorageException(Reason.STALE, "read", object.path(), "a newer version was seen"));
    }

    private CachedObject newObject(ContentKey key, DataObject object) {
        ObjectSource source = new ObjectSource(storage, object, counters);
        CachedFile file = restored.take(key)
                .orElseGet(() -> new CachedFile(cacheParts, key, object.path().value(), null));
        return new CachedObject(this, parts, source, file, checks);
    }
}
