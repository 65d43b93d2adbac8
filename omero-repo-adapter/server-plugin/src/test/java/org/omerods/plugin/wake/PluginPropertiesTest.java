// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginPropertiesTest {
    @TempDir
    private Path etc;

    @Test
    void portAndTokenComeFromAFileOnTheClassPath() throws IOException {
        Path token = Files.writeString(etc.resolve("token"), "s3cret\n");
        PluginProperties properties = read("wake.port=4711\nwake.token-file=" + token + "\n");
        assertThat(properties.port()).isEqualTo(4711);
        assertThat(properties.token()).isEqualTo("s3cret");
    }

    @Test
    void withoutAFileNobodyIsWoken() throws IOException {
        try (URLClassLoader loader = loader()) {
            assertThat(PluginProperties.read(loader).port()).isZero();
        }
    }

    @Test
    void aFileThatIsWrongSwitchesTheWakeUpOff() throws IOException {
        assertThat(read("wake.port=many\n").port()).isZero();
        assertThat(read("wake.port=70000\n").port()).isZero();
        assertThat(read("wake.port=4711\n").port()).as("no token file").isZero();
        assertThat(read("wake.port=4711\nwake.token-file=/nowhere\n").port()).isZero();
        assertThat(read("wake.port=4711\nwake.token-file=" + Files.createFile(etc.resolve("empty")) + "\n")
                        .port())
                .isZero();
    }

    private PluginProperties read(String content) throws IOException {
        Files.writeString(etc.resolve("omerods.properties"), content);
        try (URLClassLoader loader = loader()) {
            return PluginProperties.read(loader);
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {etc.toUri().toURL()}, null);
    }
}
