package org.omerods.fs.mounted;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each call that changes something comes to on a mount, whichever driver serves it, and where the drivers differ. */
final class ChangingCallsIT {
    /** What libfuse 2 cannot do, line for line. */
    private static final Map<String, String> OTHERWISE_BY_JNR = Map.of(
            "rename without replacing to a free name None", "rename without replacing to a free name EINVAL",
            "fstat without a name 9", "fstat without a name ENOENT");

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void everyCallComesToTheSameButForWhatIsListed(String driver) throws Exception {
        Programs.require("python3");
        Path script = scratch.resolve("calls.py");
        Files.writeString(script, resource("calls.py"));
        List<String> expected = resource("calls.expected")
                .lines()
                .map(line -> driver.equals("jnr") ? OTHERWISE_BY_JNR.getOrDefault(line, line) : line)
                .toList();
        try (WritableMount mount = WritableMount.open(scratch, driver)) {
            String told =
                    Programs.output("python3", script.toString(), mount.point().toString());
            assertThat(told.lines()).containsExactlyElementsOf(expected);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream source = requireNonNull(ChangingCallsIT.class.getResourceAsStream(name), name)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
