package org.omerods.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Suites as smoke tests on a kernel mount: that they run to their end and write what they measured. */
final class BenchIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... suites) {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be used here");
        String[] arguments = new String[suites.length + 5];
        System.arraycopy(
                new String[] {
                    "--quick", "--rtt=1", "--results=" + folder.resolve("results"), "--temp=" + folder, "--link=auto"
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(suites, 0, arguments, 5, suites.length);
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode result(String suite) throws Exception {
        try (var files = Files.list(folder.resolve("results"))) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith(suite + "-"))
                    .findFirst()
                    .orElseThrow();
            return JsonMapper.builder().build().readTree(file.toFile());
        }
    }

    @Test
    void aSequentialRunComparesMountAndPeersAndLeavesNothing() throws Exception {
        assertThat(run("sequential")).as(err.toString()).isZero();

        JsonNode result = result("sequential");
        assertThat(result.path("machine").path("kernel").asText()).isNotEmpty();
        assertThat(result.path("measurements").findValuesAsText("subject"))
                .contains("local file", "mount", "raw client, 8 connections", "plain iRODS stream");
        for (JsonNode measurement : result.path("measurements")) {
            assertThat(measurement.path("median").path("MiB/s").asDouble())
                    .as(measurement.toString())
                    .isPositive();
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("results");
        }
    }

    @Test
    void opensAreCountedInRequestsAndTimes() throws Exception {
        assertThat(run("open")).as(err.toString()).isZero();

        assertThat(result("open").path("measurements")).hasSize(2).allSatisfy(measurement -> {
            assertThat(measurement.path("median").path("p50 ms").asDouble()).isPositive();
            assertThat(measurement.path("median").has("requests")).isTrue();
        });
    }

    @Test
    void theCompanionIsMeasuredFromItsFirstStartToIdling() throws Exception {
        assertThat(run("companion")).as(err.toString()).isZero();

        JsonNode measurements = result("companion").path("measurements");
        assertThat(measurements.findValuesAsText("what"))
                .containsExactly("first start, once", "unchanged, compared again", "a look at nothing new");
        JsonNode again = measurements.get(1).path("median");
        assertThat(again.path("changed").asDouble(-1)).isZero();
        assertThat(again.path("images/s").asDouble()).isPositive();
        assertThat(measurements.get(0).path("median").path("requests/op").asDouble())
                .isBetween(1.0, 1.1);
    }

    @Test
    void anUnknownSuiteIsNamedWithThoseThatThereAre() {
        assertThat(new CommandLine(new BenchCommand())
                        .setErr(new PrintWriter(err, true))
                        .execute("nonsense"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no suite 'nonsense'", "sequential");
    }
}
