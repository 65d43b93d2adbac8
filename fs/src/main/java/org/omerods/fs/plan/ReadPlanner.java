package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Turns reads into plans. Each read is given to a stream: to one that it continues in order, else to one whose stride
 * leads to it, else to the nearest one that has no pattern yet, else to a new one. What a stream has shown decides what is
 * fetched ahead of it; random reads show nothing and are fetched exactly.
 *
 * <p>All functions are pure: the same reads give the same plans.
 */
public final class ReadPlanner {
    /** Readers of one object at a time: 64 viewers of one slide. One more pushes the oldest out. */
    static final int MAX_STREAMS = 64;

    /** A stream that the last so many reads of the object did not continue is over: four rounds of all streams. */
    static final int IDLE_READS = 4 * MAX_STREAMS;

    /** Two reads further apart are not the beginning of a stride: a row of a very wide slide has 2 MB. */
    private static final long NEIGHBOURHOOD_BYTES = 16L << 20;

    private ReadPlanner() {}

    /**
     * What to fetch ahead after a read.
     *
     * @param streams of the plan before, {@link Streams#NONE} at first
     * @param read what was asked, inside the object and not empty
     * @param size of the object in bytes
     */
    public static Plan plan(Streams streams, ByteRange read, long size, PrefetchConfig config) {
        long clock = streams.clock() + 1;
        Stream owner = advanced(streams, read, clock);
        Step step = stepFor(owner, size, config);
        List<Stream> others = new ArrayList<>(streams.open());
        others.removeIf(stream -> stream.id() == owner.id());
        List<Integer> abandoned = removeAbandoned(others, clock);
        others.add(step.stream());
        int nextId = Math.max(streams.nextId(), owner.id() + 1);
        return new Plan(new Streams(others, clock, nextId), owner.id(), step.ranges(), List.of(), abandoned);
    }

    private static Step stepFor(Stream stream, long size, PrefetchConfig config) {
        if (SequentialPlan.fits(stream, config)) {
            return SequentialPlan.step(stream, size, config);
        }
        return StridePlan.fits(stream) ? StridePlan.step(stream, size, config) : new Step(stream, List.of());
    }

    private static Stream advanced(Streams streams, ByteRange read, long clock) {
        Optional<Stream> inOrder = nearest(
                streams,
                stream -> stream.run().isContinuedBy(read),
                stream -> Math.abs(read.start() - stream.run().head()));
        if (inOrder.isPresent()) {
            return inOrder.get().continuedBy(read, clock);
        }
        Optional<Stream> oneStrideOn = nearest(
                streams,
                stream -> stream.stride().leadsOver(stream.distanceTo(read)),
                stream -> Math.abs(stream.distanceTo(read) - stream.stride().distance()));
        return oneStrideOn
                .or(() -> nearest(
                        streams,
                        stream -> !stream.hasPattern() && Math.abs(stream.distanceTo(read)) <= NEIGHBOURHOOD_BYTES,
                        stream -> Math.abs(stream.distanceTo(read))))
                .map(stream -> stream.jumpedTo(read, clock))
                .orElseGet(() -> Stream.startedBy(read, streams.nextId(), clock));
    }

    /** The one of least distance among those that qualify; of equals the one used last. */
    private static Optional<Stream> nearest(Streams streams, Predicate<Stream> fits, ToLongFunction<Stream> distance) {
        Optional<Stream> nearest = Optional.empty();
        long least = Long.MAX_VALUE;
        for (Stream stream : streams.open()) {
            long its = fits.test(stream) ? distance.applyAsLong(stream) : Long.MAX_VALUE;
            if (its < Long.MAX_VALUE && its <= least) {
                nearest = Optional.of(stream);
                least = its;
            }
        }
        return nearest;
    }

    /** The others are in the order of their last use. */
    private static List<Integer> removeAbandoned(List<Stream> others, long clock) {
        List<Integer> abandoned = new ArrayList<>();
        while (!others.isEmpty()
                && (others.size() >= MAX_STREAMS || clock - others.getFirst().lastUsed() > IDLE_READS)) {
            abandoned.add(others.removeFirst().id());
        }
        return abandoned;
    }
}
