package org.omerods.bench.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How large a run is.
 *
 * @param repetitions of everything; medians are of these
 * @param fileBytes of the large file
 * @param seconds that one load may take at most
 * @param roundTrips to measure at
 * @param soak how long the soak lasts
 * @param link {@code auto}, {@code tun} or {@code proxy}
 * @param quick a smoke test: small, one repetition, its figures mean nothing
 */
public record Plan(
        Path checkout,
        int repetitions,
        long fileBytes,
        double seconds,
        List<Duration> roundTrips,
        Duration soak,
        String link,
        boolean quick) {
    private static final double NANOS_PER_MILLI = 1e6;

    public Plan {
        roundTrips = List.copyOf(roundTrips);
    }

    /** As it stands in the results. */
    public Map<String, String> parameters() {
        return Map.of(
                "repetitions", Integer.toString(repetitions),
                "file_bytes", Long.toString(fileBytes),
                "seconds", Double.toString(seconds),
                "round_trips_ms", roundTrips.stream().map(Plan::millis).collect(Collectors.joining(" ")),
                "quick", Boolean.toString(quick));
    }

    /** Those of the plan's times that a suite is interested in. */
    List<Duration> roundTrips(String... wanted) {
        List<String> all = List.of(wanted);
        return roundTrips.stream().filter(time -> all.contains(millis(time))).toList();
    }

    /** For labels: {@code 0.2}, {@code 10}. */
    public static String millis(Duration roundTrip) {
        double millis = roundTrip.toNanos() / NANOS_PER_MILLI;
        return millis == Math.rint(millis) ? Long.toString((long) millis) : Double.toString(millis);
    }
}
