package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What to fetch ahead of a stream that jumps by equal distances, as a tile of a slide does that is stored in stripes: one
 * segment out of each row of the image.
 */
final class Strides {
    /** Three equal distances are no accident: two happen in one of a thousand random triples, and cost a read each. */
    private static final int ESTABLISHED_AFTER = 3;

    /** Rows of one image compress alike but not equally: a few percent from row to row. */
    private static final int TOLERANCE_DIVISOR = 16;

    /**
     * Shorter reads are probes (a marker, a header), whose distances follow the content: fetching ahead of them would
     * fetch what nobody wants.
     */
    private static final long PROBE_BYTES = 8L << 10;

    private Strides() {}

    static boolean areEqual(long stride, long other) {
        return Math.abs(stride - other) <= Math.abs(stride) / TOLERANCE_DIVISOR;
    }

    static boolean isEstablished(Stream stream) {
        return stream.repeats() >= ESTABLISHED_AFTER;
    }

    /** Looks as many strides ahead as were seen, so that a short run overshoots little. */
    static Step step(Stream stream, long size, PrefetchConfig config) {
        if (!isEstablished(stream) || stream.last().length() < PROBE_BYTES || stream.stride() == 0) {
            return new Step(stream, List.of());
        }
        int wanted = Math.min(config.maxStrides(), stream.repeats());
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = stream.stridesAhead() + 1; i <= wanted; i++) {
            long start = stream.last().start() + i * stream.stride();
            if (start >= 0 && start < size) {
                ranges.add(ByteRange.of(start, stream.last().length()).within(size));
            }
        }
        return new Step(stream.withStridesAhead(Math.max(wanted, stream.stridesAhead())), List.copyOf(ranges));
    }
}
