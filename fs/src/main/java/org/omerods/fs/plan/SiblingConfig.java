package org.omerods.fs.plan;

/**
 * How far ahead of a program that reads the files of a directory one after the other is fetched.
 *
 * @param maxFileBytes larger files are not fetched ahead; 0 switches it off
 * @param maxAheadBytes of all files that were fetched ahead in one directory and not read yet
 * @param maxAheadFiles the number of these
 */
public record SiblingConfig(long maxFileBytes, long maxAheadBytes, int maxAheadFiles) {
    /** The fields of plates are as large, and what is smaller takes longer to ask for than to transfer. */
    public static final long DEFAULT_MAX_FILE_BYTES = 4L << 20;

    /** What 1 Gbit/s carries in 0.13 s. */
    public static final long DEFAULT_MAX_AHEAD_BYTES = 16L << 20;

    /** 30 ms of round trip at 1,000 files per second, twice. */
    public static final int DEFAULT_MAX_AHEAD_FILES = 64;

    public static final SiblingConfig DEFAULTS =
            new SiblingConfig(DEFAULT_MAX_FILE_BYTES, DEFAULT_MAX_AHEAD_BYTES, DEFAULT_MAX_AHEAD_FILES);

    public static final SiblingConfig OFF = new SiblingConfig(0, 0, 0);

    public SiblingConfig {
        if (maxFileBytes < 0 || maxAheadBytes < 0 || maxAheadFiles < 0) {
            throw new IllegalArgumentException("maxFileBytes " + maxFileBytes + ", maxAheadBytes " + maxAheadBytes
                    + ", maxAheadFiles " + maxAheadFiles);
        }
    }

    SiblingConfig limitedTo(long bytes) {
        return new SiblingConfig(maxFileBytes, Math.min(maxAheadBytes, bytes), maxAheadFiles);
    }

    public SiblingConfig withMaxFileBytes(long bytes) {
        return new SiblingConfig(bytes, maxAheadBytes, maxAheadFiles);
    }
}
