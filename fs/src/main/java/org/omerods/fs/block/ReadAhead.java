package org.omerods.fs.block;

import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.Plan;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.ReadPlanner;
import org.omerods.fs.plan.SlidePlanner;
import org.omerods.fs.plan.Streams;
import org.omerods.fs.plan.layout.SlideLayout;

/**
 * Follows the reads of one object and queues what the plans say: those of any file, or those of a slide as soon as its
 * layout is known. Thread-safe; the monitor guards the planning alone, and nothing blocks under it.
 */
final class ReadAhead {
    private final CachedObject object;
    private final BlockParts parts;
    private final LayoutWatch watch;
    private final PrefetchLedger ledger;

    /** Guarded by the monitor. */
    private Streams streams = Streams.NONE;

    ReadAhead(CachedObject object, BlockParts parts) {
        this.object = object;
        this.parts = parts;
        this.watch = new LayoutWatch(object, this, parts.layouts());
        this.ledger = new PrefetchLedger(parts.layouts().counters());
    }

    /** Somebody reads; never blocks. */
    void follow(ByteRange read) {
        ledger.used(read);
        watch.follow(read);
        Plan plan = plan(read);
        Prefetcher prefetcher = parts.prefetcher();
        plan.abandoned().forEach(stream -> prefetcher.abandon(object, stream));
        if (!plan.ahead().isEmpty() || !plan.perhaps().isEmpty()) {
            prefetcher.submit(object, plan);
        }
    }

    /** These bytes are fetched, and nobody waits for them yet. */
    void started(List<ByteRange> ranges) {
        ranges.forEach(ledger::fetched);
    }

    /** The layout of the object, which is a slide, is known now. */
    synchronized void learn(SlideLayout layout) {
        parts.layouts().keep(this, new SlidePlanner(layout, streams, config()), layout.weight());
    }

    /** The object is gone. */
    void end() {
        parts.layouts().forget(this);
    }

    /** Whether the layout is known, and was not forgotten to make room for others. */
    boolean knowsLayout() {
        return parts.layouts().planner(this).isPresent();
    }

    private PrefetchConfig config() {
        return parts.prefetchConfig();
    }

    private synchronized Plan plan(ByteRange read) {
        Optional<SlidePlanner> slide = parts.layouts().planner(this);
        Plan plan = slide.map(planner -> planner.plan(read, object::missing))
                .orElseGet(() -> ReadPlanner.plan(streams, read, object.object().size(), config()));
        streams = plan.streams();
        return plan;
    }
}
