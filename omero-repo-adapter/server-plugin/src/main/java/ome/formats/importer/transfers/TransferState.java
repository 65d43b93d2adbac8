// SPDX-License-Identifier: GPL-2.0-or-later
package ome.formats.importer.transfers;

/** What one transfer is about. Signature only. */
public class TransferState {}
