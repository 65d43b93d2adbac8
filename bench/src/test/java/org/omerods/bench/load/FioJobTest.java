package org.omerods.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.SampleFile;

final class FioJobTest {
    private static final long BYTES = 1 << 20;
    private static final Path JOBS = Path.of("fio");

    @TempDir
    private Path folder;

    @Test
    void theJobsThatOthersPublishAreThereByName() throws Exception {
        assertThat(FioJob.in(JOBS).stream().map(FioJob::name))
                .contains(
                        "seq_read",
                        "seq_read_4t",
                        "seq_read_direct",
                        "seq_read_4t_direct",
                        "rand_read",
                        "rand_read_4t",
                        "rand_read_direct",
                        "rand_read_4t_direct",
                        "seq_read_small",
                        "rand_read_small",
                        "seq_read_skip_17m",
                        "ttfb",
                        "ttfb_small",
                        "cached_4k_randread");
    }

    @Test
    void aJobReadsTheFileThatItNames() throws Exception {
        Assumptions.assumeTrue(FioJob.isInstalled(), "fio is not installed");
        SampleFile.write(folder.resolve("large.0"), BYTES);
        FioJob job = FioJob.in(JOBS).stream()
                .filter(candidate -> candidate.name().equals("seq_read"))
                .findFirst()
                .orElseThrow();

        FioJob.Result result = job.run(folder, 1, BYTES, BYTES);

        assertThat(result.bytes()).isEqualTo(Files.size(folder.resolve("large.0")));
        assertThat(result.operations()).isEqualTo(4);
        assertThat(result.describe(new Repetition())).isNotNull();
    }
}
