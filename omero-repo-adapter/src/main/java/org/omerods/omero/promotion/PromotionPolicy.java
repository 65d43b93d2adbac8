package org.omerods.omero.promotion;

import java.time.Duration;
import java.util.Set;

/**
 * Which files move.
 *
 * @param minAge since the import, or the last change of the fileset's owner or group
 * @param minSize in bytes: a link saves little where there is little
 * @param groups names of OMERO groups; empty: all
 */
public record PromotionPolicy(Duration minAge, long minSize, Set<String> groups) {
    public static final PromotionPolicy DEFAULT = new PromotionPolicy(Duration.ofDays(1), 1L << 20, Set.of());

    public PromotionPolicy {
        groups = Set.copyOf(groups);
        if (minAge.isNegative() || minSize < 0) {
            throw new IllegalArgumentException(
                    "promotion of files older than " + minAge + " and larger than " + minSize);
        }
    }
}
