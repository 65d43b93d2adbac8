package org.omerods.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import org.omerods.bench.result.Repetition;

/**
 * What fio reported.
 *
 * @param groups of threads that do the same, one for each section of the job
 */
public record FioResult(JsonNode groups) {
    private static final double MIB = 1 << 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;
    /** fio's percentiles are keyed by such numbers. */
    private static final String P50 = "50.000000";

    private static final String P99 = "99.000000";

    /** Read, not written. */
    public long bytes() {
        return of("read").path("io_bytes").asLong();
    }

    /** Reads, not writes. */
    public long operations() {
        return of("read").path("total_ios").asLong();
    }

    public long bytesWritten() {
        return of("write").path("io_bytes").asLong();
    }

    /** Rates and times as fio counts them: until the last write of a file and its fsync, without its close. */
    public Repetition describe(Repetition repetition) {
        if (operations() > 0) {
            describe(of("read"), "", repetition);
        }
        if (bytesWritten() > 0) {
            describe(of("write"), "written ", repetition);
        }
        return repetition;
    }

    private static void describe(JsonNode direction, String prefix, Repetition repetition) {
        double seconds = direction.path("runtime").asDouble() / MILLIS_PER_SECOND;
        double operations = direction.path("total_ios").asDouble();
        JsonNode percentiles = direction.path("clat_ns").path("percentile");
        if (seconds > 0) { // too short for fio's clock, which counts milliseconds
            repetition
                    .put(prefix + "MiB/s", direction.path("io_bytes").asLong() / MIB / seconds)
                    .put(prefix + "ops/s", operations / seconds);
        }
        repetition
                .put(prefix + "p50 ms", percentiles.path(P50).asDouble() / NANOS_PER_MILLI)
                .put(prefix + "p99 ms", percentiles.path(P99).asDouble() / NANOS_PER_MILLI)
                .put(prefix + "operations", operations);
    }

    /** A job has at most one group that reads and one that writes. */
    private JsonNode of(String direction) {
        for (JsonNode group : groups) {
            if (group.path(direction).path("total_ios").asLong() > 0) {
                return group.path(direction);
            }
        }
        return groups.path(0).path(direction);
    }
}
