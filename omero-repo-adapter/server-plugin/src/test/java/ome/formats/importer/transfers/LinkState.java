// SPDX-License-Identifier: GPL-2.0-or-later
package ome.formats.importer.transfers;

import ome.util.checksum.ChecksumProvider;

/** A transfer whose checksum provider is where OMERO has it: in a private final field of that name. */
public final class LinkState extends TransferState {
    final String file;
    private final ChecksumProvider cp;

    public LinkState(String file, ChecksumProvider provider) {
        this.file = file;
        this.cp = provider;
    }

    ChecksumProvider getChecksumProvider() {
        return cp;
    }
}
