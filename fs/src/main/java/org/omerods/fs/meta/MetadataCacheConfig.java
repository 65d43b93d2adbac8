package org.omerods.fs.meta;

import java.time.Duration;

/**
 * How long the catalog's answers are believed.
 *
 * @param attributeTtl attributes and triples of an object or collection; the kernel is given what is left of it
 * @param listingTtl the children of a collection
 * @param negativeTtl that a name leads nowhere; zero to ask each time
 * @param maxAgeAtOpen opening a file asks the catalog again when the attributes are older
 * @param maxEntries attributes kept, and triple sets, and absences
 * @param maxListingEntries children in all kept listings together
 */
public record MetadataCacheConfig(
        Duration attributeTtl,
        Duration listingTtl,
        Duration negativeTtl,
        Duration maxAgeAtOpen,
        int maxEntries,
        int maxListingEntries) {

    /**
     * What NFS allows a file that does not change (acregmax). Slides hardly ever change, and one that did is caught at the
     * next cold read, whatever this says.
     */
    public static final Duration DEFAULT_ATTRIBUTE_TTL = Duration.ofSeconds(60);

    /** What NFS allows a directory at least (acdirmin): a new slide shows up while its owner still waits for it. */
    public static final Duration DEFAULT_LISTING_TTL = Duration.ofSeconds(30);

    /** Covers the burst of a program that tries names; a file just made is seen soon. */
    public static final Duration DEFAULT_NEGATIVE_TTL = Duration.ofSeconds(5);

    /** One stat in five seconds is nothing, and an object overwritten before it is opened is then opened right. */
    public static final Duration DEFAULT_MAX_AGE_AT_OPEN = Duration.ofSeconds(5);

    /** At about half a kilobyte each 100 MB at most. */
    public static final int DEFAULT_MAX_ENTRIES = 200_000;

    /** Listings share their entries with the attributes where both are kept: two collections of 100,000 fit. */
    public static final int DEFAULT_MAX_LISTING_ENTRIES = 200_000;

    public static final MetadataCacheConfig DEFAULTS = new MetadataCacheConfig(
            DEFAULT_ATTRIBUTE_TTL,
            DEFAULT_LISTING_TTL,
            DEFAULT_NEGATIVE_TTL,
            DEFAULT_MAX_AGE_AT_OPEN,
            DEFAULT_MAX_ENTRIES,
            DEFAULT_MAX_LISTING_ENTRIES);

    public MetadataCacheConfig {
        requireNotNegative("attributeTtl", attributeTtl);
        requireNotNegative("listingTtl", listingTtl);
        requireNotNegative("negativeTtl", negativeTtl);
        requireNotNegative("maxAgeAtOpen", maxAgeAtOpen);
        if (maxEntries < 1 || maxListingEntries < 1) {
            throw new IllegalArgumentException(
                    "maxEntries " + maxEntries + ", maxListingEntries " + maxListingEntries + ": must be more than 0");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " " + value + ": must not be negative");
        }
    }
}
