package org.omerods.fs.plan.layout;

/** What the parsing of one file may cost at most, whatever the file says. */
final class LayoutLimits {
    /** A slide has some ten directories, a stack of focal planes and channels some hundred. */
    static final int MAX_DIRECTORIES = 1024;

    /** Directories of real files have 15 to 40 entries. */
    static final int MAX_ENTRIES = 1024;

    /** A chain that is walked with one request per directory: at 30 ms of round trip the walk ends after 8 s. */
    static final int MAX_WAVES = 256;

    /** The tables of a slide of 60 GB in tiles of 10 KB. */
    static final long MAX_INDEX_BYTES = 96L << 20;

    /** Tables take some 0.1 % of a slide; a file that wants more than this share of itself read is no slide. */
    static final int INDEX_SHARE_DIVISOR = 50;

    /** Below this the share does not count: it is what a single wave of a small file takes. */
    static final long FREE_INDEX_BYTES = 1L << 20;

    /** Tiles of one level; 16 million of 256 x 256 pixels are a slide of a million pixels square. */
    static final int MAX_SEGMENTS = 1 << 24;

    /** Longer pieces of an image are not read as a whole by anybody: single strips, above all. */
    static final long MAX_SEGMENT_BYTES = 16L << 20;

    private LayoutLimits() {}

    /** How many bytes of a file of {@code size} bytes may be read for its layout. */
    static long indexBytes(long size) {
        return Math.min(MAX_INDEX_BYTES, FREE_INDEX_BYTES + size / INDEX_SHARE_DIVISOR);
    }
}
