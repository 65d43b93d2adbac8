// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import ome.util.checksum.ChecksumProvider;
import ome.util.checksum.SHA1ChecksumProviderImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownChecksumTest {
    private static final String IN_IRODS = "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=";
    private static final String IN_OMERO = "a9993e364706816aba3e25717850c26c9cd0d89d";

    @TempDir
    private Path directory;

    private final SHA1ChecksumProviderImpl reading = new SHA1ChecksumProviderImpl();
    private final ChecksumProvider provider =
            (ChecksumProvider) KnownChecksum.inFrontOf(reading, ChecksumProvider.class, "SHA1");

    @Test
    void aFileThatIrodsKnowsIsNotRead() throws IOException {
        Path file = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "good");
        assertThat(provider.putFile(file.toString()).checksumAsString()).isEqualTo(IN_OMERO);
        assertThat(provider.checksumAsBytes()).hasSize(20).startsWith(0xa9, 0x99, 0x3e);
        assertThat(reading.puts).isEmpty();
    }

    @Test
    void aLinkToItIsNotReadEither() throws IOException {
        Path file = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "good");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(provider.putFile(link.toString()).checksumAsString()).isEqualTo(IN_OMERO);
        assertThat(reading.puts).isEmpty();
    }

    @Test
    void aReplicaThatIsNotGoodIsRead() throws IOException {
        String file = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "stale").toString();
        assertThat(provider.putFile(file).checksumAsString()).isEqualTo("read [file:" + file + "]");
    }

    @Test
    void aChecksumOfAnotherAlgorithmMeansReading() throws IOException {
        String file = MarkedFile.of(
                        directory, "slide.ndpi", "sha2:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", "good")
                .toString();
        assertThat(provider.putFile(file).checksumAsString()).isEqualTo("read [file:" + file + "]");
    }

    @Test
    void anOrdinaryFileAndAMissingOneAreReadAsBefore() throws IOException {
        String file = Files.writeString(directory.resolve("a"), "x").toString();
        assertThat(provider.putFile(file)).isSameAs(provider);
        assertThat(provider.putFile("/nowhere/b").checksumAsString())
                .isEqualTo("read [file:" + file + ", file:/nowhere/b]");
    }

    @Test
    void bytesPutBehindAKnownFileMakeItBeReadAfterAll() throws IOException {
        String file = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "good").toString();
        provider.putFile(file);
        provider.putBytes(new byte[3]);
        assertThat(provider.checksumAsString()).isEqualTo("read [file:" + file + ", bytes:3]");
    }

    @Test
    void theLastFilePutCounts() throws IOException {
        String known = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "good").toString();
        String unknown = Files.writeString(directory.resolve("a"), "x").toString();
        assertThat(provider.putFile(known).putFile(unknown).checksumAsString())
                .isEqualTo("read [file:" + unknown + "]");
    }

    @Test
    void nothingCanBeAddedAfterTheChecksumWasTold() throws IOException {
        String file = MarkedFile.of(directory, "slide.ndpi", IN_IRODS, "good").toString();
        provider.putFile(file).checksumAsString();
        assertThatThrownBy(() -> provider.putBytes(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThat(provider.checksumAsString()).isEqualTo(IN_OMERO);
    }

    @Test
    void exceptionsOfTheProviderArriveAsTheyAre() {
        assertThatThrownBy(() -> provider.putBytes(ByteBuffer.allocateDirect(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no array");
    }

    @Test
    void anAlgorithmThatIrodsDoesNotHaveIsLeftAlone() {
        assertThat(KnownChecksum.inFrontOf(reading, ChecksumProvider.class, "MURMUR128"))
                .isSameAs(reading);
    }
}
