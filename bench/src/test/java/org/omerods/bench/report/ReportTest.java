package org.omerods.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.result.ResultFile;

final class ReportTest {
    private static final String DOCUMENT = """
            before
            <!-- bench: goals begin -->
            yesterday
            <!-- bench: goals end -->
            between
            <!-- bench: results begin -->
            yesterday
            <!-- bench: results end -->
            after
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void measure() throws IOException {
        ResultFile file = new ResultFile("start", folder, Map.of("repetitions", "3", "quick", "false"));
        Measurement mount = Measurement.of("mount", "rtt_ms", "0");
        for (double seconds : new double[] {0.4, 9, 0.6}) {
            mount.add(new Repetition().put("start s", seconds).put("rss MiB", 88));
        }
        file.add(mount);
        Path written = file.write(folder);
        assertThat(written.getFileName().toString()).matches("start-\\d{4}-\\d\\d-\\d\\d\\.json");
    }

    private String reported() throws IOException {
        return Report.of(folder, folder.resolve("remarks.properties")).apply(DOCUMENT);
    }

    @Test
    void aTableShowsTheMedianOfTheRepetitions() throws Exception {
        assertThat(reported()).contains("| RTT, ms | 0 |", "| mount | 0.60 |");
    }

    @Test
    void whatStandsOutsideOfTheMarksStays() throws Exception {
        assertThat(reported())
                .startsWith("before\n")
                .contains("\nbetween\n")
                .endsWith("after\n")
                .doesNotContain("yesterday");
    }

    @Test
    void aGoalIsReachedByItsFiguresAndUnknownWithoutThem() throws Exception {
        assertThat(reported())
                .contains("| Start to a usable mount below 1 s | reached | 0.60 s, 88.0 MiB RSS |")
                .contains("| At most 1 CPU-second per GiB cold | not measured |");
    }

    @Test
    void aMissedGoalSaysSoWithTheRemarkOfPeople() throws Exception {
        String json = Files.readString(theResult());
        Files.writeString(theResult(), json.replace("\"start s\" : 0.6", "\"start s\" : 1.6"));
        Files.writeString(folder.resolve("remarks.properties"), "start = the disk was slow\n");

        assertThat(reported()).contains("| **missed** | 1.60 s, 88.0 MiB RSS | the disk was slow |");
    }

    @Test
    void aSmokeTestIsNoResult() throws Exception {
        ResultFile quick = new ResultFile("random", folder, Map.of("quick", "true"));
        Path written = quick.write(folder);

        assertThatThrownBy(this::reported)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(written.getFileName().toString());
    }

    private Path theResult() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
