package org.omerods.fs.plan;

/**
 * How far ahead of its readers the filesystem fetches.
 *
 * @param sequentialAfterBytes so much must follow a stream's first read without a gap before anything is fetched ahead
 * @param initialWindowBytes the first distance ahead of a sequential stream; it doubles
 * @param maxWindowBytes where the doubling ends; 0 switches sequential prefetch off
 * @param maxStrides how many strides ahead of a strided stream; 0 switches stride prefetch off
 * @param maxBytesInFlight of all prefetch together
 * @param maxBytesInFlightPerObject of one object's prefetch
 * @param slides what is done where the layout of a slide is known
 * @param siblings what is done where the files of a directory are read in order
 */
public record PrefetchConfig(
        long sequentialAfterBytes,
        long initialWindowBytes,
        long maxWindowBytes,
        int maxStrides,
        long maxBytesInFlight,
        long maxBytesInFlightPerObject,
        SlideConfig slides,
        SiblingConfig siblings) {

    /**
     * 512 KiB: a program's read of 256 KiB, which the kernel may cut into requests of 128 KiB, must not look like a
     * sequential stream; two requests of 1 MiB must.
     */
    public static final long DEFAULT_SEQUENTIAL_AFTER_BYTES = 512L << 10;

    /** As large as the largest kernel request, so that the first window saves one wait. */
    public static final long DEFAULT_INITIAL_WINDOW_BYTES = 1L << 20;

    /** 30 ms of round trip at the 800 MiB/s that eight iRODS connections reach are 24 MiB. */
    public static final long DEFAULT_MAX_WINDOW_BYTES = 32L << 20;

    /** A tile of an NDPI slide is 32 to 64 strides: 16 ahead hide the round trips and overshoot by a quarter at most. */
    public static final int DEFAULT_MAX_STRIDES = 16;

    /** Two full windows: more only fills memory, since the line is full before. */
    public static final long DEFAULT_MAX_BYTES_IN_FLIGHT = 64L << 20;

    /** One full window, so that one reader cannot take the whole line from the others. */
    public static final long DEFAULT_MAX_BYTES_IN_FLIGHT_PER_OBJECT = 32L << 20;

    public static final PrefetchConfig DEFAULTS = new PrefetchConfig(
            DEFAULT_SEQUENTIAL_AFTER_BYTES,
            DEFAULT_INITIAL_WINDOW_BYTES,
            DEFAULT_MAX_WINDOW_BYTES,
            DEFAULT_MAX_STRIDES,
            DEFAULT_MAX_BYTES_IN_FLIGHT,
            DEFAULT_MAX_BYTES_IN_FLIGHT_PER_OBJECT,
            SlideConfig.DEFAULTS,
            SiblingConfig.DEFAULTS);

    /** Nothing is fetched that nobody asked for. */
    public static final PrefetchConfig OFF = new PrefetchConfig(
            DEFAULT_SEQUENTIAL_AFTER_BYTES,
            DEFAULT_INITIAL_WINDOW_BYTES,
            0,
            0,
            DEFAULT_MAX_BYTES_IN_FLIGHT,
            DEFAULT_MAX_BYTES_IN_FLIGHT_PER_OBJECT,
            SlideConfig.OFF,
            SiblingConfig.OFF);

    public PrefetchConfig {
        requirePositive("sequentialAfterBytes", sequentialAfterBytes);
        requirePositive("initialWindowBytes", initialWindowBytes);
        requirePositive("maxBytesInFlight", maxBytesInFlight);
        requirePositive("maxBytesInFlightPerObject", maxBytesInFlightPerObject);
        if (maxWindowBytes < 0 || maxStrides < 0) {
            throw new IllegalArgumentException("maxWindowBytes " + maxWindowBytes + ", maxStrides " + maxStrides);
        }
    }

    /**
     * With a window of at most an eighth of a cache: a larger one would push out what was fetched ahead for others before
     * they read it.
     */
    public PrefetchConfig limitedTo(long cacheBytes) {
        return new PrefetchConfig(
                sequentialAfterBytes,
                initialWindowBytes,
                Math.min(maxWindowBytes, cacheBytes / 8),
                maxStrides,
                maxBytesInFlight,
                maxBytesInFlightPerObject,
                slides,
                siblings.limitedTo(cacheBytes / 8));
    }

    /**
     * For reads of a slide of known layout: runs begin later, since tiles that are neighbours are often neighbours in the
     * file too; strides are known better from the layout.
     */
    PrefetchConfig forScans(long afterBytes) {
        return new PrefetchConfig(
                Math.max(sequentialAfterBytes, afterBytes),
                initialWindowBytes,
                maxWindowBytes,
                0,
                maxBytesInFlight,
                maxBytesInFlightPerObject,
                slides,
                siblings);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " " + value + ": must be more than 0");
        }
    }
}
