package org.omerods.fs.block;

/**
 * What the block cache did since it was opened.
 *
 * @param bytesAsked by programs
 * @param demandBytes fetched because somebody waited for them, into the cache
 * @param prefetchBytes fetched ahead
 * @param pastCacheBytes fetched for one reader alone, because the cache had no room or no disk
 * @param hits reads answered at once
 * @param misses reads that had to fetch
 * @param waits reads that waited only for what others were fetching
 * @param storageReads calls of ObjectReader.read
 * @param verifications checks of the version, by ObjectReader.verifyVersion or along with a read
 * @param stale object versions found to be replaced
 * @param evictedBytes dropped to make room
 * @param badBlocks kept by an earlier process and found damaged: fetched again
 * @param checkedObjects found to have the catalog's checksum
 * @param wrongObjects found to have another one
 * @param cachedBytes now in the block files, or on the way into them
 * @param protectedBytes which ordinary traffic does not evict, here or still to come
 * @param pinnedBytes of objects that a person wants kept, here or still to come
 * @param completeFiles objects of which every byte is here and was compared with its checksum
 */
public record BlockStatistics(
        long bytesAsked,
        long demandBytes,
        long prefetchBytes,
        long pastCacheBytes,
        long hits,
        long misses,
        long waits,
        long storageReads,
        long verifications,
        long stale,
        long evictedBytes,
        long badBlocks,
        long checkedObjects,
        long wrongObjects,
        long cachedBytes,
        long protectedBytes,
        long pinnedBytes,
        long completeFiles) {}
