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
                        "cached_4k_randread",
                        "mix_1r4w",
                        "mix_2r2w",
                        "mix_4r1w",
                        "seq_write",
                        "time_to_write_one_byte_file",
                        "gcsfuse_rand_read");
    }

    @Test
    void theFilesOfAJobAreThoseThatItReadsOneOfThemForEachThread() throws Exception {
        assertThat(job("rand_read").reads()).containsExactly("large.0");
        assertThat(job("seq_read_4t_small").reads()).containsExactly("small.0", "small.1", "small.2", "small.3");
        assertThat(job("gcsfuse_rand_read").reads()).hasSize(16).startsWith("shared.0.0", "shared.0.1");
        assertThat(job("mix_2r2w").reads()).containsExactly("huge.0", "huge.1");
        assertThat(job("seq_write").reads()).isEmpty();
        assertThat(job("mix_2r2w").writes()).isTrue();
        assertThat(job("rand_read").writes()).isFalse();
    }

    @Test
    void aJobReadsTheFileThatItNames() throws Exception {
        Assumptions.assumeTrue(FioJob.isInstalled(), "fio is not installed");
        SampleFile.write(folder.resolve("large.0"), BYTES);

        FioResult result = job("seq_read").run(folder, 1, BYTES, BYTES);

        assertThat(result.bytes()).isEqualTo(Files.size(folder.resolve("large.0")));
        assertThat(result.operations()).isEqualTo(4);
        assertThat(result.describe(new Repetition())).isNotNull();
    }

    @Test
    void aJobThatReadsAndWritesIsCountedOnBothSidesAndLeavesNothing() throws Exception {
        Assumptions.assumeTrue(FioJob.isInstalled(), "fio is not installed");
        Path huge = folder.resolve("huge");
        SampleFile.write(huge, BYTES);
        Path directory = Files.createDirectory(folder.resolve("run"));
        FioFiles.make(folder.resolve("files"), BYTES, huge).linkInto(directory);

        FioResult result = job("mix_1r4w").run(directory, 1, BYTES, BYTES);

        assertThat(result.bytes()).isEqualTo(BYTES);
        assertThat(result.bytesWritten()).isEqualTo(4 * BYTES);
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("written"));
        }
    }

    private static FioJob job(String name) throws Exception {
        return FioJob.in(JOBS).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
