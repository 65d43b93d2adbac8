package org.omerods.fs.block;

import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.Plan;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.ReadPlanner;
import org.omerods.fs.plan.Streams;

/** Follows the reads of one object and queues what the plans say. Thread-safe. */
final class ReadAhead {
    private final CachedObject object;
    private final Prefetcher prefetcher;
    private final PrefetchConfig config;

    /** Guarded by the monitor. */
    private Streams streams = Streams.NONE;

    ReadAhead(CachedObject object, Prefetcher prefetcher, PrefetchConfig config) {
        this.object = object;
        this.prefetcher = prefetcher;
        this.config = config;
    }

    void follow(ByteRange read) {
        Plan plan = plan(read);
        plan.abandoned().forEach(stream -> prefetcher.abandon(object, stream));
        plan.ahead().forEach(range -> prefetcher.submit(object, plan.stream(), range));
    }

    private synchronized Plan plan(ByteRange read) {
        Plan plan = ReadPlanner.plan(streams, read, object.object().size(), config);
        streams = plan.streams();
        return plan;
    }
}
