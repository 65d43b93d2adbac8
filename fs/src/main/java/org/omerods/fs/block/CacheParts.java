package org.omerods.fs.block;

/** What all block files of one cache share. */
record CacheParts(
        CacheDirectory directory,
        BlockCacheConfig config,
        Budget budget,
        Protections protections,
        Pins pins,
        ReadCounters counters) {}
