package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that write, on a mount and, to be sure of the program, on a local directory. */
final class WritingProgramsIT {
    private static final List<Integer> SEEDS = List.of(1, 2, 3);
    private static final int STEPS = 150;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void aFileHoldsWhatWasWrittenMappedTruncatedAndRenamedAtRandom(String driver) throws Exception {
        Programs.require("python3");
        Path script = scratch.resolve("exercise.py");
        try (InputStream source = WritingProgramsIT.class.getResourceAsStream("exercise.py")) {
            Files.copy(source, script);
        }
        try (WritableMount mount = WritableMount.open(scratch, driver)) {
            for (int seed : SEEDS) {
                for (Path directory : List.of(scratch, mount.point())) {
                    Programs.Result result = Programs.run(
                            "python3",
                            script.toString(),
                            directory.resolve("exercised").toString(),
                            Integer.toString(seed),
                            Integer.toString(STEPS));
                    assertThat(result.code())
                            .as("seed %d in %s: %s %s", seed, directory, result.out(), result.err())
                            .isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void aTreeIsCopiedArchivedComparedAndRemoved(String driver) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("tree/sub"));
        Path tree = Files.createDirectories(folder.resolve("deeper"));
        for (int i = 0; i < 12; i++) {
            Files.write(folder.resolve("file" + i), new byte[i * 1_000]);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../file3"));
        String source = scratch.resolve("tree").toString();
        try (WritableMount mount = WritableMount.open(scratch, driver)) {
            String copy = mount.point().resolve("copy").toString();
            Programs.output("cp", "-a", source, copy);
            Programs.output("diff", "-r", source, copy);
            Programs.output("tar", "-C", copy, "-cf", scratch.resolve("a.tar").toString(), ".");
            String unpacked =
                    Files.createDirectory(mount.point().resolve("unpacked")).toString();
            Programs.output(
                    "tar", "-C", unpacked, "-xf", scratch.resolve("a.tar").toString());
            Programs.output("diff", "-r", copy, unpacked);
            Programs.output("mv", copy, mount.point().resolve("moved").toString());
            Programs.output("diff", "-r", source, mount.point().resolve("moved").toString());
            assertThat(Programs.output(
                            "readlink",
                            mount.point().resolve("moved/sub/deeper/link").toString()))
                    .isEqualTo("../file3\n");
            Programs.output("rm", "-r", unpacked, mount.point().resolve("moved").toString());
            assertThat(Programs.output("ls", "-A", mount.point().toString())).isEmpty();
        }
    }
}
