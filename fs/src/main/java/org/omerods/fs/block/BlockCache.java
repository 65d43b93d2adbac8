package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SiblingConfig;
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

    private final BlockStore store;
    private final Storage storage;
    private final ContentListener listener;
    private final ReadCounters counters;

    /** Whether others share the bytes, who may read more than the user of this. */
    private final boolean shared;

    private final ContentChecks checks;
    private final BlockParts parts;
    private final Resting resting;
    private final ObjectTable objects = new ObjectTable();
    private final Adoption adoption;

    /** Adoptions under way. */
    private final Map<ContentKey, CompletableFuture<Void>> entering = new ConcurrentHashMap<>();

    BlockCache(BlockStore store, Storage storage, ContentListener listener, boolean shared) {
        this.store = store;
        this.storage = storage;
        this.listener = listener;
        this.shared = shared;
        this.counters = store.counters();
        this.parts = store.parts();
        this.adoption = new Adoption(store.cacheParts());
        this.resting = new Resting(parts.runner()::executeOrRun, store.ticker());
        this.checks = new ContentChecks(this, store.config().verifyComplete(), counters, store.ticker());
    }

    /**
     * Opens the cache of one user in its directory.
     *
     * @throws IOException when the directory cannot be used; the message says why and what to do
     */
    public static BlockCache open(
            Storage storage, BlockCacheConfig config, PrefetchConfig prefetch, ContentListener listener, Ticker ticker)
            throws IOException {
        return new BlockCache(BlockStore.open(config, prefetch, ticker), storage, listener, false);
    }

    /** The version {@code object} for one more user, who closes it. Never blocks on the storage. */
    public CachedObject open(DataObject object) {
        ContentKey key = ContentKey.of(object);
        CachedObject opened = objects.acquire(key, () -> newObject(key, object));
        resting.end(opened);
        store.files().takeOthers(key).forEach(CachedFile::retire);
        removeExcess();
        checks.distrust(opened).ifPresent(reason -> {
            objects.remove(opened);
            retireWithBytes(opened, reason);
        });
        opened.beginRestored();
        return opened;
    }

    /**
     * Fetches what is missing of an object of at most an extent that nobody has opened yet, on this thread. A failure is none
     * here: whoever reads it will hear of it.
     */
    public void fetchAhead(DataObject object) {
        try (CachedObject opened = open(object)) {
            opened.fetchAhead(ByteRange.of(0, object.size()));
        }
    }

    /** See {@link BlockStore#giveToDisk}. */
    public boolean giveToDisk(Path place) {
        return store.giveToDisk(place);
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
        source.isOwn();
        List<Claim> claims;
        try {
            claims = adoption.claim(file.get());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            file.get().retire();
            return true;
        }
        ContentKey key = ContentKey.of(object);
        if (!store.files().add(file.get())) {
            file.get().retire(); // somebody reads it already
            adoption.leave(adopted, claims);
            return true;
        }
        // From here on who opens the version has this file, and waits for what was claimed.
        boolean first = objects.add(key, adopted);
        CompletableFuture<Void> done = new CompletableFuture<>();
        entering.put(key, done);
        removeExcess();
        if (object.size() <= store.config().extentBytes()) {
            enter(adopted, claims, first, done);
        } else {
            parts.runner().executeOrRun(() -> enter(adopted, claims, first, done));
        }
        return true;
    }

    private void enter(CachedObject adopted, List<Claim> claims, boolean first, CompletableFuture<Void> done) {
        try {
            adoption.enter(adopted, claims);
        } finally {
            if (first) {
                adopted.close();
            } else {
                release(adopted.file(), true);
            }
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
                CachedFile file = unused.get().file();
                Optional<Path> bytes = store.files().isHeldOnce(file) ? file.detach() : Optional.empty();
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
        int most = store.config().maxFiles();
        store.files().takeExcess(most).forEach(CachedFile::retire);
        int over = store.files().size() - most;
        if (over > 0) {
            objects.removeUnused(over).forEach(this::retireUnused);
        }
    }

    /** This mount renamed a tree: who has objects in it open reads on. Not for places that do not number objects. */
    public void moved(StoragePath from, StoragePath to) {
        for (CachedObject object : objects.all()) {
            StoragePath old = object.object().path();
            if (object.object().id() != 0 && old.isIn(from)) {
                object.source().movedTo(old.moved(from, to));
            }
        }
    }

    /** For what a person asks of the cache. */
    public CacheMaintenance maintenance() {
        return new CacheMaintenance(this, store.cacheParts());
    }

    /** Of all versions that are kept. */
    List<CachedFile> files() {
        return store.files().all();
    }

    void trust(DataObject object) {
        checks.trust(ContentKey.of(object));
    }

    /** Drops a version as soon as nobody reads it. False when it is not kept. */
    boolean drop(ContentKey key) {
        Optional<CachedObject> unused = objects.markObsolete(key);
        unused.ifPresent(this::retireUnused);
        Optional<CachedFile> unheld = store.files().takeUnheld(key);
        unheld.ifPresent(CachedFile::retire);
        return unheld.isPresent() || unused.isPresent();
    }

    public BlockStatistics statistics() {
        return store.statistics();
    }

    public PrefetchStatistics prefetchStatistics() {
        return store.prefetchStatistics();
    }

    /** How far ahead of a program that reads a directory file by file is fetched, as far as the cache has room for that. */
    public SiblingConfig siblings() {
        return parts.prefetchConfig().siblings();
    }

    /** Whether somebody may have what others fetched only when the storage has let him open the object himself. */
    boolean isShared() {
        return shared;
    }

    /** Waits for what is under way, within bounds. The files stay for the next cache in this directory. */
    @Override
    public void close() {
        for (CachedObject object : objects.removeAll()) {
            object.endBecause(new StorageException(Reason.CLOSED, "read", object.path(), "the block cache is closed"));
            release(object.file(), true);
        }
        checks.close();
        if (!shared) {
            store.close();
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

    /**
     * The storage said that it is another version by now. Others who share its bytes hear that for themselves.
     *
     * @param gone whether there is no object, or none for this user: then the bytes may still be right for others
     */
    void retireStale(CachedObject object, StorageException reason, boolean gone) {
        if (!objects.remove(object)) {
            object.endBecause(reason);
            return;
        }
        if (shared) {
            object.endBecause(reason);
            release(object.file(), gone);
        } else {
            retireWithBytes(object, reason);
        }
        counters.stale.increment();
        listener.stale(object.object());
    }

    /** All bytes of an object have come. */
    void completed(CachedObject object) {
        listener.complete(object);
    }

    /** Its bytes are wrong: nobody gets any of them from now on. */
    void retireWrong(CachedObject object, StorageException reason) {
        objects.remove(object);
        retireWithBytes(object, reason);
        listener.wrong(object.object());
    }

    /** Its bytes go as well, unless others have them. */
    private void retireUnused(CachedObject object) {
        object.endBecause(new StorageException(Reason.STALE, "read", object.path(), "a newer version was seen"));
        release(object.file(), false);
    }

    private void release(CachedFile file, boolean keep) {
        if (store.files().release(file, keep)) {
            file.retire();
        }
    }

    /** Nobody gets its bytes from now on. */
    private void retireWithBytes(CachedObject object, StorageException reason) {
        object.endBecause(reason);
        store.files().remove(object.file());
        object.file().retire();
    }

    private CachedObject newObject(ContentKey key, DataObject object) {
        ObjectSource source = new ObjectSource(storage, object, counters);
        CachedFile file = store.files()
                .acquire(
                        key,
                        () -> new CachedFile(
                                store.cacheParts(), key, object.path().value(), null));
        return new CachedObject(this, parts, source, file, checks);
    }
}
