package org.omerods.fs.mounted;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random calls on many names and open files, on a mount and in a local directory: what each comes to, and the trees. A
 * failure tells the seed; {@code -Domerods.seed=N} repeats it.
 */
final class DifferentialIT {
    private static final int CALLS = 400;

    @TempDir
    private Path scratch;

    /** Two are always the same, one is new each time. */
    static LongStream seeds() {
        Long given = Long.getLong("omerods.seed");
        return given != null ? LongStream.of(given) : LongStream.of(1, 2, new Random().nextInt(1 << 30));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMountDoesWhatALocalDirectoryDoes(long seed) throws Exception {
        Programs.require("python3");
        Path script = scratch.resolve("differential.py");
        try (InputStream source = requireNonNull(DifferentialIT.class.getResourceAsStream("differential.py"))) {
            Files.copy(source, script);
        }
        Path local = Files.createDirectory(scratch.resolve("local"));
        try (WritableMount mount = WritableMount.open(scratch, "dev")) {
            Path mounted = Files.createDirectory(mount.point().resolve("tree"));
            Programs.Result result = Programs.run(
                    "python3",
                    script.toString(),
                    mounted.toString(),
                    local.toString(),
                    Long.toString(seed),
                    Integer.toString(CALLS));
            assertThat(result.code()).as(result.out() + result.err()).isZero();
        }
    }
}
