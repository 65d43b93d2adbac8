package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.fs.staging.StagedProblem;
import org.omerods.fs.staging.Staging;

/** Programs that close a descriptor of a new file while it is empty, and write through another one, where iRODS refuses. */
final class RefusedFilesIT {
    private static final int NO_PERMISSION = -818_000;
    private static final int BYTES = 3 << 20;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void whatDdAndAShellWriteIsKeptForAPerson(String driver) throws Exception {
        try (WritableMount mount = WritableMount.open(scratch, driver)) {
            mount.zone().faults().refuse("DATA_OBJ_PUT", 1, 1000, NO_PERMISSION);
            Programs.Result dd =
                    Programs.run("dd", "if=/dev/zero", "of=" + mount.point().resolve("d"), "bs=1M", "count=3");
            assertThat(dd.code()).as(dd.err()).isNotZero();
            assertThat(dd.err()).contains("Permission denied");
            Programs.run(
                    "sh",
                    "-c",
                    "head -c " + BYTES + " /dev/zero > " + mount.point().resolve("s"));
            assertThat(Programs.output("ls", "-A", mount.point().toString())).isEmpty();
            Staging staging = mount.filesystem().staging().orElseThrow();
            List<StagedProblem> problems = staging.problems();
            assertThat(problems).hasSize(2).allMatch(StagedProblem::waitsForPerson);
            assertThat(problems).extracting(StagedProblem::size).containsOnly((long) BYTES);
            mount.zone().faults().clear();
            for (StagedProblem problem : problems) {
                staging.retry(problem.number());
            }
            for (String name : List.of("d", "s")) {
                assertThat(Files.readAllBytes(mount.point().resolve(name))).isEqualTo(new byte[BYTES]);
            }
        }
    }
}
