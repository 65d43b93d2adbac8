// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ome.formats.importer.transfers.CleanupFailure;
import ome.formats.importer.transfers.FileTransfer;
import ome.formats.importer.transfers.LinkState;
import ome.formats.importer.transfers.TransferState;
import ome.util.checksum.SHA1ChecksumProviderImpl;
import omero.ServerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.plugin.checksum.MarkedFile;

final class IrodsLinkTest {
    @TempDir
    private Path directory;

    private final SHA1ChecksumProviderImpl reading = new SHA1ChecksumProviderImpl();

    @Test
    void aSlideInIrodsIsLinkedWithoutBeingRead() throws Exception {
        Path slide = MarkedFile.of(directory, "a.svs", "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "good");
        String checksum = madeAsOmeroDoes().transfer(new LinkState(slide.toString(), reading));
        assertThat(checksum).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(reading.puts).isEmpty();
    }

    @Test
    void anyOtherFileIsImportedAsByLnS() throws Exception {
        String checksum = madeAsOmeroDoes().transfer(new LinkState("/data/a.svs", reading));
        assertThat(checksum).isEqualTo("read [file:/data/a.svs]");
    }

    @Test
    void aTransferStateOfAnotherVersionIsPassedOnAsItIs() throws IOException, ServerError {
        IrodsLink link = new IrodsLink(new FileTransfer() {
            @Override
            public String transfer(TransferState state) {
                return "linked " + state.getClass().getSimpleName();
            }

            @Override
            public void afterTransfer(int errors, List<String> files) {}
        });
        assertThat(link.transfer(new TransferState())).isEqualTo("linked TransferState");
    }

    @Test
    void whatFollowsATransferIsOmerosOwn() throws Exception {
        FileTransfer link = madeAsOmeroDoes();
        link.afterTransfer(0, List.of());
        assertThatThrownBy(() -> link.afterTransfer(1, List.of())).isInstanceOf(CleanupFailure.class);
    }

    /** By name and the public constructor without arguments. */
    private static FileTransfer madeAsOmeroDoes() throws ReflectiveOperationException {
        return Class.forName("org.omerods.plugin.transfer.IrodsLink")
                .asSubclass(FileTransfer.class)
                .getConstructor()
                .newInstance();
    }
}
