// SPDX-License-Identifier: GPL-2.0-or-later
/** Signatures of OMERO's import library to compile against; not in the jar. */
package ome.formats.importer.transfers;
