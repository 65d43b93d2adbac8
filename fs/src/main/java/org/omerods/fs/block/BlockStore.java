package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The block files of one directory with their budget, and what fetches into them: for one {@link BlockCache}, or for those of
 * several users, who share the bytes and nothing else. Thread-safe.
 */
public final class BlockStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlockStore.class);

    private final BlockCacheConfig config;
    private final Ticker ticker;
    private final ReadCounters counters = new ReadCounters();
    private final Budget budget;
    private final CacheParts cacheParts;
    private final BlockParts parts;
    private final FileTable files;

    private BlockStore(BlockCacheConfig config, PrefetchConfig prefetch, CacheDirectory directory, Ticker ticker)
            throws IOException {
        this.config = config;
        this.ticker = ticker;
        this.budget = new Budget(config.maxBytes(), counters);
        this.cacheParts = new CacheParts(
                directory, config, budget, new Protections(config.maxBytes()), new Pins(config.maxBytes()), counters);
        FetchRunner runner = new FetchRunner(budget, counters, ticker);
        PrefetchConfig limited = prefetch.limitedTo(config.maxBytes());
        SlideLayouts layouts = new SlideLayouts(runner, limited);
        Prefetcher prefetcher = new Prefetcher(limited, config.extentBytes(), runner, layouts.counters(), ticker);
        this.parts = new BlockParts(runner, prefetcher, layouts, limited, counters);
        this.files = new FileTable(new Restoration(directory, config)
                .run((key, blocks) ->
                        new CachedFile(cacheParts, key, blocks.index().header().path(), blocks)));
        budget.evictTo(config.maxBytes());
        files.takeExcess(config.maxFiles()).forEach(CachedFile::retire);
    }

    /**
     * Opens the files of a directory.
     *
     * @throws IOException when the directory cannot be used; the message says why and what to do
     */
    public static BlockStore open(BlockCacheConfig config, PrefetchConfig prefetch, Ticker ticker) throws IOException {
        CacheDirectory directory = CacheDirectory.open(config.directory());
        try {
            return new BlockStore(config, prefetch, directory, ticker);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * The cache of one of several users. What others fetched he gets when the storage has let him open the object himself;
     * his cache is closed before this.
     *
     * @param storage with his rights
     */
    public BlockCache cacheOfUser(Storage storage, ContentListener listener) {
        return new BlockCache(this, storage, listener, true);
    }

    /**
     * Gives an eighth of what is cached back to the disk, on which something else has no room.
     *
     * @param place of that; where it is on another disk nothing is given
     * @return whether anything was given
     */
    boolean giveToDisk(Path place) {
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

    public BlockStatistics statistics() {
        return counters.snapshot(
                budget.usedBytes(),
                cacheParts.protections().totalBytes(),
                cacheParts.pins().totalBytes(),
                files.all().stream().filter(CachedFile::isComplete).count());
    }

    public PrefetchStatistics prefetchStatistics() {
        return parts.layouts()
                .statistics(counters.prefetchBytes.sum(), parts.prefetcher().queued());
    }

    BlockCacheConfig config() {
        return config;
    }

    Ticker ticker() {
        return ticker;
    }

    ReadCounters counters() {
        return counters;
    }

    CacheParts cacheParts() {
        return cacheParts;
    }

    BlockParts parts() {
        return parts;
    }

    FileTable files() {
        return files;
    }

    /** Waits for what is under way, within bounds. The files stay for the next process. */
    @Override
    public void close() {
        files.takeAll().forEach(CachedFile::suspend);
        parts.runner().close();
        try {
            cacheParts.directory().close();
        } catch (IOException e) {
            log.warn("Cannot let go of the cache directory {}: {}", config.directory(), e.toString());
        }
    }
}
