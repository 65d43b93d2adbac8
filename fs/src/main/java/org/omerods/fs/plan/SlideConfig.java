package org.omerods.fs.plan;

/**
 * How the knowledge of a slide's layout is used.
 *
 * @param enabled whether it is used at all
 * @param mergeGapBytes ranges closer to each other are fetched as one, as long as gaps stay a small part of it
 * @param freeBytes may be fetched ahead in one object for nothing: from then on, a byte for each byte that was asked for
 */
public record SlideConfig(boolean enabled, long mergeGapBytes, long freeBytes) {

    /** What 1 Gbit/s carries in half a millisecond: about the cost of one more request in a pipelined flight. */
    public static final long DEFAULT_MERGE_GAP_BYTES = 64 << 10;

    /** Some tiles with their surroundings, before it is known whether somebody looks at the slide or samples it. */
    public static final long DEFAULT_FREE_BYTES = 8 << 20;

    public static final SlideConfig DEFAULTS = new SlideConfig(true, DEFAULT_MERGE_GAP_BYTES, DEFAULT_FREE_BYTES);

    public static final SlideConfig OFF = new SlideConfig(false, 0, 0);

    public SlideConfig {
        if (mergeGapBytes < 0 || freeBytes < 0) {
            throw new IllegalArgumentException("mergeGapBytes " + mergeGapBytes + ", freeBytes " + freeBytes);
        }
    }

    public SlideConfig withMergeGapBytes(long bytes) {
        return new SlideConfig(enabled, bytes, freeBytes);
    }
}
