// SPDX-License-Identifier: GPL-2.0-or-later
/** Signatures of OMERO's client library to compile against; not in the jar. */
package omero;
