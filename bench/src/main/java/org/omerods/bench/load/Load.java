package org.omerods.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    /** Reads something whole; returns its bytes. */
    @FunctionalInterface
    public interface Reading<T> {
        long read(T what) throws IOException, InterruptedException;
    }

    /** Of things that are read one after the other, until all were or the time is over. */
    public static <T> Load ofEach(List<T> all, double maxSeconds, Reading<T> reading)
            throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        long bytes = 0;
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        for (T what : all) {
            long before = System.nanoTime();
            if (before > end) {
                break;
            }
            bytes += reading.read(what);
            nanos.add(System.nanoTime() - before);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Load(bytes, nanos.stream().mapToLong(Long::longValue).toArray(), seconds);
    }

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
