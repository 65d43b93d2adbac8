package org.omerods.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void isForItsUserOnlyAndGoesWithAllThatIsInIt() throws IOException {
        ScratchDirectory scratch = ScratchDirectory.in(parent, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch.path())))
                .isEqualTo("rwx------");
        Files.createDirectories(scratch.path().resolve("zone/vault"));
        Files.writeString(scratch.path().resolve("zone/vault/object"), "bytes");
        scratch.close();
        assertThat(parent).isEmptyDirectory();
        scratch.close();
    }

    @Test
    void tooLittleRoomIsToldBeforeAnythingIsMade() {
        assertThatThrownBy(() -> ScratchDirectory.in(parent, Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--size")
                .hasMessageContaining("--temp");
        assertThat(parent).isEmptyDirectory();
    }
}
