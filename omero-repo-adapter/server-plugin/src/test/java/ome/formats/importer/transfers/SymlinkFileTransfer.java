// SPDX-License-Identifier: GPL-2.0-or-later
package ome.formats.importer.transfers;

import java.util.List;
import ome.util.checksum.ChecksumProvider;

/** Does with a transfer's checksum provider what OMERO's own does: puts the whole file in and asks for the checksum. */
public final class SymlinkFileTransfer implements FileTransfer {
    @Override
    public String transfer(TransferState state) {
        LinkState link = (LinkState) state;
        ChecksumProvider provider = link.getChecksumProvider();
        provider.putFile(link.file);
        return provider.checksumAsString();
    }

    @Override
    public void afterTransfer(int errors, List<String> transferredFiles) throws CleanupFailure {
        if (errors > 0) {
            throw new CleanupFailure();
        }
    }
}
