package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SlidePlanner;

/**
 * The layouts of the slides that are looked at, within a budget of memory; what falls out of it is read again from the cache
 * folder when it is needed. Thread-safe.
 */
final class SlideLayouts {
    /** Some ten slides of 20 GB, or hundreds of ordinary ones. */
    private static final long MAX_BYTES = 128L << 20;

    /** Requests for directories and tables at a time, of all slides: a wave of one slide, and little of the line. */
    private static final int MAX_REQUESTS = 32;

    private record Kept(SlidePlanner planner, long weight) {}

    private final Cache<ReadAhead, Kept> kept;
    private final LayoutCounters counters = new LayoutCounters();
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final FetchRunner runner;
    private final boolean enabled;

    SlideLayouts(FetchRunner runner, PrefetchConfig config) {
        this.runner = runner;
        this.enabled = config.slides().enabled();
        this.kept = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .<ReadAhead, Kept>weigher((_, layout) -> (int) Math.min(Integer.MAX_VALUE, layout.weight()))
                .executor(Runnable::run)
                .build();
    }

    boolean enabled() {
        return enabled;
    }

    FetchRunner runner() {
        return runner;
    }

    LayoutCounters counters() {
        return counters;
    }

    Semaphore requests() {
        return requests;
    }

    void keep(ReadAhead of, SlidePlanner planner, long weight) {
        kept.put(of, new Kept(planner, weight));
    }

    void forget(ReadAhead of) {
        kept.invalidate(of);
    }

    Optional<SlidePlanner> planner(ReadAhead of) {
        if (!enabled) {
            return Optional.empty();
        }
        Kept found = kept.getIfPresent(of);
        return found == null ? Optional.empty() : Optional.of(found.planner());
    }

    PrefetchStatistics statistics(long prefetchBytes, int queued) {
        OptionalLong weight = kept.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize())
                .orElse(OptionalLong.empty());
        return counters.snapshot(kept.estimatedSize(), weight.orElse(0), prefetchBytes, queued);
    }
}
