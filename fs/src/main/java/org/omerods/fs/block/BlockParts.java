package org.omerods.fs.block;

import org.omerods.fs.plan.PrefetchConfig;

/** What all objects of one cache share. */
record BlockParts(
        FetchRunner runner,
        Prefetcher prefetcher,
        SlideLayouts layouts,
        PrefetchConfig prefetchConfig,
        ReadCounters counters) {}
