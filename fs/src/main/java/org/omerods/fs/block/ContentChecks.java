package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that hashes, and the versions whose bytes were found to be wrong. Thread-safe. */
final class ContentChecks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContentChecks.class);

    /** Each file queues once at a time; what finds no place is not checked now. */
    private static final int MAX_QUEUED = 4096;

    private static final Duration IDLE = Duration.ofSeconds(10);

    /** So long nothing of a wrong version is shown. Then it may have been repaired, and is fetched anew. */
    static final Duration DISTRUST = Duration.ofMinutes(10);

    private static final int MAX_DISTRUSTED = 10_000;

    /** Of one turn on a slow disk. */
    private static final Duration LAST_TURN = Duration.ofSeconds(2);

    private final BlockCache cache;
    private final boolean enabled;
    private final ReadCounters counters;

    /** A platform thread: hashing never waits, and would keep a carrier from the virtual ones. */
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_QUEUED),
            Thread.ofPlatform().name("omerods-checksum").daemon().factory());

    private final Cache<ContentKey, String> distrusted;

    ContentChecks(BlockCache cache, boolean enabled, ReadCounters counters, Ticker ticker) {
        this.cache = cache;
        this.enabled = enabled;
        this.counters = counters;
        this.thread.allowCoreThreadTimeOut(true);
        this.distrusted = Caffeine.newBuilder()
                .expireAfterWrite(DISTRUST)
                .maximumSize(MAX_DISTRUSTED)
                .ticker(ticker)
                .build();
    }

    /** The check of an object; empty when its place has no checksum for it, or nobody wants checks. */
    Optional<ContentCheck> of(CachedObject object) {
        return enabled && object.object().size() > 0
                ? CatalogChecksum.of(object.object().version().checksum())
                        .map(checksum -> new ContentCheck(object, checksum, this))
                : Optional.empty();
    }

    /** Why nothing of a version may be shown; empty when it may. */
    Optional<StorageException> distrust(CachedObject object) {
        return Optional.ofNullable(distrusted.getIfPresent(ContentKey.of(object.object())))
                .map(problem -> new StorageException(Reason.CORRUPT, "read", object.path(), problem));
    }

    /** Somebody says that it was repaired. */
    void trust(ContentKey key) {
        distrusted.invalidate(key);
    }

    boolean execute(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    void countRight() {
        counters.checkedObjects.increment();
    }

    /** Its check says so by now. */
    void right(CachedObject object) {
        if (object.file().isComplete()) {
            cache.completed(object);
        }
    }

    void wrong(CachedObject object, String told, String computed) {
        String problem = "its bytes have the checksum " + computed + ", but the catalog says " + told;
        log.error("{}: {}. Nothing of it is shown for {} minutes", object.path(), problem, DISTRUST.toMinutes());
        counters.wrongObjects.increment();
        distrusted.put(ContentKey.of(object.object()), problem);
        cache.retireWrong(object, new StorageException(Reason.CORRUPT, "read", object.path(), problem));
    }

    /** Waits for the turn that is under way, within bounds: it may be the last to hold a file that is to go. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LAST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("A check of cached bytes goes on after the end of its cache");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
