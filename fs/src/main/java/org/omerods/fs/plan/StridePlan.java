package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What to fetch ahead of a stream that jumps by equal distances, as a tile of a slide does that is stored in stripes: one
 * segment out of each row of the image. As many strides ahead as were seen, so that a short series overshoots little.
 */
final class StridePlan {
    /**
     * Shorter runs are probes (a marker, a header), whose distances follow the content: fetching ahead of them would fetch
     * what nobody wants.
     */
    private static final long PROBE_BYTES = 8L << 10;

    private StridePlan() {}

    static boolean fits(Stream stream) {
        return stream.stride().isEstablished() && stream.stride().runBytes() >= PROBE_BYTES;
    }

    static Step step(Stream stream, long size, PrefetchConfig config) {
        Stride stride = stream.stride();
        int wanted = Math.min(config.maxStrides(), stride.repeats());
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = stride.planned() + 1; i <= wanted; i++) {
            long start = stream.run().start() + i * stride.distance();
            if (start >= 0 && start < size) {
                ranges.add(ByteRange.of(start, stride.runBytes()).within(size));
            }
        }
        return new Step(stream.with(stride.withPlanned(Math.max(wanted, stride.planned()))), ranges);
    }
}
