// SPDX-License-Identifier: GPL-2.0-or-later
package ome.formats.importer.transfers;

import java.io.IOException;
import java.util.List;
import omero.ServerError;

/** A way in which a file gets to the server. Signature only. */
public interface FileTransfer {
    String transfer(TransferState state) throws IOException, ServerError;

    void afterTransfer(int errors, List<String> transferredFiles) throws CleanupFailure;
}
