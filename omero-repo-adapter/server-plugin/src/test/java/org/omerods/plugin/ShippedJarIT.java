// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What lies in OMERO's lib/server in the end. */
final class ShippedJarIT {
    private static final int JAVA_11 = 55;

    private final Path jar = Path.of(System.getProperty("plugin.jar"));

    @Test
    void theJarHasThePluginItsLicenceAndNothingOfOmero() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains("blitz/omerods.xml", "META-INF/LICENSE", "org/omerods/plugin/transfer/IrodsLink.class")
                    .noneMatch(name -> name.startsWith("ome/") || name.startsWith("omero/"));
        }
    }

    @Test
    void itsClassesRunOnOmerosJava() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<? extends ZipEntry> classes = file.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            assertThat(classes).isNotEmpty();
            for (ZipEntry entry : classes) {
                try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
                    in.skipNBytes(6); // magic and minor version
                    assertThat(in.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(JAVA_11);
                }
            }
        }
    }
}
