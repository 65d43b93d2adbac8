package org.omerods.fs.plan;

import org.jspecify.annotations.Nullable;

/** The regions that were planned last, so that they are not planned again and again. Not thread-safe. */
final class RecentRegions {
    /** The surroundings of many viewers; what is forgotten is planned again, and found to be here. */
    private static final int MAX = 1024;

    private final @Nullable Region[] recent = new Region[MAX];

    boolean isNew(Region region) {
        return !region.equals(recent[slotOf(region)]);
    }

    void add(Region region) {
        recent[slotOf(region)] = region;
    }

    /** Spread by the golden ratio, since numbers of neighbours are neighbours. */
    private static int slotOf(Region region) {
        return Math.floorMod(region.hashCode() * 0x9e3779b9, MAX);
    }
}
