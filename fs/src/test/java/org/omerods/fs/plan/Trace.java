package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;

/** Replays reads, and keeps what was planned. */
final class Trace {
    static final long KIB = 1 << 10;
    static final long MIB = 1 << 20;

    private final long size;
    private final PrefetchConfig config;
    private final List<Plan> plans = new ArrayList<>();
    private Streams streams = Streams.NONE;

    Trace(long size, PrefetchConfig config) {
        this.size = size;
        this.config = config;
    }

    /** Adds one read and returns what it plans. */
    Plan read(long offset, long length) {
        Plan plan = ReadPlanner.plan(streams, ByteRange.of(offset, length), size, config);
        streams = plan.streams();
        plans.add(plan);
        return plan;
    }

    List<Plan> plans() {
        return List.copyOf(plans);
    }

    long plannedBytes() {
        return plans.stream()
                .flatMap(plan -> plan.ahead().stream())
                .mapToLong(ByteRange::length)
                .sum();
    }
}
