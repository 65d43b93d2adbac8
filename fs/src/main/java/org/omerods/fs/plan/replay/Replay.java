package org.omerods.fs.plan.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.Plan;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.ReadPlanner;
import org.omerods.fs.plan.SlidePlanner;
import org.omerods.fs.plan.Streams;
import org.omerods.fs.plan.layout.SlideLayout;

/**
 * What the planning makes of a trace, on a cache that is empty at first and large enough. Blocks are fetched once; what is
 * planned with one read is here some reads later.
 *
 * @param hits reads of which everything was here
 * @param waits reads of which everything was here or on its way
 * @param misses reads that had to fetch: each costs a round trip that nothing hides
 * @param askedBytes in whole blocks, each counted once
 * @param fetchedBytes asked or planned
 */
public record Replay(int hits, int waits, int misses, long askedBytes, long fetchedBytes) {
    private static final int BLOCK_BYTES = 4 << 10;

    /** With the layout of the slide that the trace is of. */
    public static Replay of(ReadTrace trace, SlideLayout layout, PrefetchConfig config, int lag) {
        SlidePlanner planner = new SlidePlanner(layout, Streams.NONE, config);
        Blocks planned = new Blocks();
        return run(
                trace,
                read -> {
                    planned.add(read);
                    Plan plan = planner.plan(read, planned::missing);
                    plan.ahead().forEach(planned::add);
                    plan.perhaps().forEach(planned::add);
                    return plan;
                },
                lag);
    }

    /** Without one. */
    public static Replay of(ReadTrace trace, long size, PrefetchConfig config, int lag) {
        Deque<Streams> last = new ArrayDeque<>(List.of(Streams.NONE));
        return run(
                trace,
                read -> {
                    Plan plan = ReadPlanner.plan(last.pop(), read, size, config);
                    last.push(plan.streams());
                    return plan;
                },
                lag);
    }

    /** Bytes fetched for each byte that was asked. */
    public double amplification() {
        return (double) fetchedBytes / askedBytes;
    }

    /** The part of the reads that did not have to fetch. */
    public double foreseen() {
        return (double) (hits + waits) / (hits + waits + misses);
    }

    private static Replay run(ReadTrace trace, Function<ByteRange, Plan> planner, int lag) {
        Blocks here = new Blocks();
        Blocks underWay = new Blocks();
        Blocks asked = new Blocks();
        Deque<Plan> late = new ArrayDeque<>();
        int[] outcomes = new int[3];
        for (ByteRange read : trace.reads()) {
            outcomes[here.covers(read) ? 0 : underWay.covers(read) ? 1 : 2]++;
            here.add(read);
            underWay.add(read);
            asked.add(read);
            Plan plan = planner.apply(read);
            plan.ahead().forEach(underWay::add);
            plan.perhaps().forEach(underWay::add);
            late.add(plan);
            if (late.size() > lag) {
                Plan arrived = late.remove();
                arrived.ahead().forEach(here::add);
                arrived.perhaps().forEach(here::add);
            }
        }
        return new Replay(outcomes[0], outcomes[1], outcomes[2], asked.bytes(), underWay.bytes());
    }

    /** A set of blocks. */
    private static final class Blocks {
        private final BitSet bits = new BitSet();

        void add(ByteRange range) {
            bits.set((int) (range.start() / BLOCK_BYTES), (int) Math.ceilDiv(range.end(), BLOCK_BYTES));
        }

        List<ByteRange> missing(ByteRange range) {
            List<ByteRange> missing = new ArrayList<>();
            int end = (int) Math.ceilDiv(range.end(), BLOCK_BYTES);
            for (int from = bits.nextClearBit((int) (range.start() / BLOCK_BYTES)); from < end; ) {
                int next = bits.nextSetBit(from);
                int to = next < 0 ? end : Math.min(next, end);
                missing.add(new ByteRange((long) from * BLOCK_BYTES, (long) to * BLOCK_BYTES));
                from = bits.nextClearBit(to);
            }
            return missing;
        }

        boolean covers(ByteRange range) {
            int from = (int) (range.start() / BLOCK_BYTES);
            return bits.nextClearBit(from) >= Math.ceilDiv(range.end(), BLOCK_BYTES);
        }

        long bytes() {
            return (long) bits.cardinality() * BLOCK_BYTES;
        }
    }
}
