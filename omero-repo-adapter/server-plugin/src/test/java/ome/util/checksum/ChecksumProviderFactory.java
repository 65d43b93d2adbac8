// SPDX-License-Identifier: GPL-2.0-or-later
package ome.util.checksum;

import java.util.Set;

/** As OMERO has it, by name and signature. */
public interface ChecksumProviderFactory {
    ChecksumProvider getProvider(ChecksumType type);

    Set<ChecksumType> getAvailableTypes();
}
