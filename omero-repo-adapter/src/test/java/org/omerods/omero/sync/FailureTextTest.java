package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of files that are not as they should be. */
class FailureTextTest {
    @TempDir
    private Path directory;

    @Test
    void aFileThatIsMissingIsSaidToBeMissing() {
        Path missing = directory.resolve("ManagedRepository");
        Throwable failure = catchThrowable(() -> Files.size(missing));
        assertThat(FailureText.of(failure)).isEqualTo(missing + " is not there");
    }

    @Test
    void noFailureIsToldByAPathAlone() {
        assertThat(FailureText.of(new AccessDeniedException("/x")))
                .isEqualTo("/x may not be read or changed by this user");
        assertThat(FailureText.of(new FileSystemException("/x"))).contains("FileSystemException", "/x");
        assertThat(FailureText.of(new FileSystemException("/x", null, "Too many links")))
                .isEqualTo("/x: Too many links");
    }

    @Test
    void anExceptionWithoutWordsIsNamed() {
        assertThat(FailureText.of(new IOException())).isEqualTo("java.io.IOException");
        assertThat(FailureText.of(new IOException("the line was cut"))).isEqualTo("the line was cut");
    }
}
