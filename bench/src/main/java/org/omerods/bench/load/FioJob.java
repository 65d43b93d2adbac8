package org.omerods.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.omerods.bench.machine.Shell;
import org.omerods.bench.result.Repetition;

/** A job of fio: a file under bench/fio, named for what it does. */
public final class FioJob {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MIB = 1 << 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;
    /** fio's percentiles are keyed by such numbers. */
    private static final String P50 = "50.000000";

    private static final String P99 = "99.000000";
    private static final int TIMEOUT_SECONDS = 120;

    private final Path file;

    private FioJob(Path file) {
        this.file = file;
    }

    public static boolean isInstalled() {
        return Shell.has("fio");
    }

    /** All jobs of a folder, by name. */
    public static List<FioJob> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".fio"))
                    .sorted()
                    .map(FioJob::new)
                    .toList();
        }
    }

    public String name() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".fio".length());
    }

    /**
     * Runs it.
     *
     * @param directory of large.0 to large.3, small.0 to small.3 and huge.0
     * @param largeBytes size of the large ones
     * @param hugeBytes size of the huge one
     */
    public Result run(Path directory, double seconds, long largeBytes, long hugeBytes)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("fio", "--output-format=json", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "DIRECTORY", directory.toString(),
                        "SECONDS", Math.max(1, Math.round(seconds)) + "s",
                        "SIZE", Long.toString(largeBytes),
                        "HUGE", Long.toString(hugeBytes)));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("fio " + name() + " failed: " + output);
        }
        return new Result(JSON.readTree(output.substring(output.indexOf('{')))
                .path("jobs")
                .path(0)
                .path("read"));
    }

    /** What fio reported of its reads. */
    public record Result(JsonNode read) {
        public long bytes() {
            return read.path("io_bytes").asLong();
        }

        public long operations() {
            return read.path("total_ios").asLong();
        }

        public Repetition describe(Repetition repetition) {
            double seconds = read.path("runtime").asDouble() / MILLIS_PER_SECOND;
            JsonNode percentiles = read.path("clat_ns").path("percentile");
            if (seconds > 0) { // too short for fio's clock, which counts milliseconds
                repetition.put("MiB/s", bytes() / MIB / seconds).put("ops/s", operations() / seconds);
            }
            return repetition
                    .put("p50 ms", percentiles.path(P50).asDouble() / NANOS_PER_MILLI)
                    .put("p99 ms", percentiles.path(P99).asDouble() / NANOS_PER_MILLI)
                    .put("operations", operations());
        }
    }
}
