// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import ome.util.checksum.ChecksumProvider;
import ome.util.checksum.ChecksumProviderFactory;
import ome.util.checksum.ChecksumType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ClassPathXmlApplicationContext;

/** The plugin's context file together with one that stands for OMERO's, in a real Spring of OMERO's version. */
final class ServerContextTest {
    private static final String PLUGIN = "classpath*:blitz/*.xml";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"fake-omero.xml,true", "fake-omero.xml,false"})
    void theFactoryAsksIrodsFirstInBothOrdersOfTheContextFiles(String omero, boolean pluginLast) throws IOException {
        String file = MarkedFile.of(directory, "a.svs", "900150983cd24fb0d6963f7d28e17f72", "good")
                .toString();
        String[] order = pluginLast ? new String[] {omero, PLUGIN} : new String[] {PLUGIN, omero};
        try (ClassPathXmlApplicationContext context = new ClassPathXmlApplicationContext(order)) {
            ChecksumProviderFactory factory = context.getBean(ChecksumProviderFactory.class);
            ChecksumProvider md5 = factory.getProvider(ChecksumType.MD5);
            assertThat(md5.putFile(file).checksumAsString()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
            assertThat(factory.getProvider(ChecksumType.CRC32).putFile(file).checksumAsString())
                    .isEqualTo("read [file:" + file + "]");
            assertThat(factory.getAvailableTypes()).contains(ChecksumType.FILE_SIZE);
        }
    }

    @Test
    void aServerWithoutTheExpectedBeansStarts() {
        try (ClassPathXmlApplicationContext context = new ClassPathXmlApplicationContext("strange-omero.xml", PLUGIN)) {
            assertThat(context.getBean("checksumProviderFactory")).isEqualTo("not a factory at all");
        }
    }
}
