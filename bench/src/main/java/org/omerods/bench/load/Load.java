package org.omerods.bench.load;

import org.omerods.bench.result.Repetition;
import org.omerods.bench.result.Statistics;

/**
 * What a load did.
 *
 * @param bytes delivered to the program
 * @param nanos of each operation; their number is that of the operations
 * @param seconds from the first to the last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another one
public record Load(long bytes, long[] nanos, double seconds) {
    private static final double MIB = 1 << 20;

    /** Rate, operations per second, median and 99th percentile of an operation. */
    public Repetition describe(Repetition repetition) {
        repetition.put("MiB/s", bytes / MIB / seconds);
        if (nanos.length > 1) {
            repetition
                    .put("ops/s", nanos.length / seconds)
                    .put("p50 ms", Statistics.percentile(nanos, 0.5) / 1e6)
                    .put("p99 ms", Statistics.percentile(nanos, 0.99) / 1e6);
        }
        return repetition.put("bytes", bytes).put("seconds", seconds);
    }
}
