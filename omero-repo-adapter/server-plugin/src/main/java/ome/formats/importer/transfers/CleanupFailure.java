// SPDX-License-Identifier: GPL-2.0-or-later
package ome.formats.importer.transfers;

/** Files could not be removed after a transfer. Signature only. */
public class CleanupFailure extends Exception {
    private static final long serialVersionUID = 1L;
}
