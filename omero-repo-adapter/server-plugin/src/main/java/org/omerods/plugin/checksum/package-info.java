// SPDX-License-Identifier: GPL-2.0-or-later
/** Checksums that iRODS knows, in place of reading the file. */
@NullMarked
package org.omerods.plugin.checksum;

import org.jspecify.annotations.NullMarked;
