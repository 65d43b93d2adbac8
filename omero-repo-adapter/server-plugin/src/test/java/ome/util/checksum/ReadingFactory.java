// SPDX-License-Identifier: GPL-2.0-or-later
package ome.util.checksum;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Providers that remember what they had to read. */
public final class ReadingFactory implements ChecksumProviderFactory {
    public final List<SHA1ChecksumProviderImpl> made = new ArrayList<>();

    @Override
    public ChecksumProvider getProvider(ChecksumType type) {
        SHA1ChecksumProviderImpl provider = new SHA1ChecksumProviderImpl();
        made.add(provider);
        return provider;
    }

    @Override
    public Set<ChecksumType> getAvailableTypes() {
        return EnumSet.allOf(ChecksumType.class);
    }
}
