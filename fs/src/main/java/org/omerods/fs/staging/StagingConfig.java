package org.omerods.fs.staging;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how much is staged, and how patiently it is uploaded.
 *
 * @param directory of the staged files; belongs to one mount at a time
 * @param identity what is mounted, as text: files that were left of something else are never uploaded there
 * @param maxBytes room of all staged files together
 * @param maxWait how long a writer waits for room while uploads are under way, before ENOSPC
 * @param maxUploads uploads at the same time
 * @param earlyBytes from this length on a new file is sent while it is being written; 0: never
 * @param firstRetry pause before a failed upload is tried again; doubles each time
 * @param maxRetry the longest pause
 */
public record StagingConfig(
        Path directory,
        String identity,
        long maxBytes,
        Duration maxWait,
        int maxUploads,
        long earlyBytes,
        Duration firstRetry,
        Duration maxRetry) {
    /** Room for a few of the largest slides (about 4 GB) at the same time. */
    public static final long DEFAULT_MAX_BYTES = 20L << 30;

    /** Longer than the upload of a slide takes on a usual line; programs give up by themselves after minutes. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(60);

    /** Small files are bound by the catalog: four connections create twice as many as one, more do not help. */
    public static final int DEFAULT_MAX_UPLOADS = 4;

    /** Above what one upload at the close does in half a second; where several connections share an upload. */
    public static final long DEFAULT_EARLY_BYTES = 64L << 20;

    /** A server that restarts is back after some seconds. */
    public static final Duration DEFAULT_FIRST_RETRY = Duration.ofSeconds(1);

    /** One try in five minutes costs nothing, and is soon enough after a night. */
    public static final Duration DEFAULT_MAX_RETRY = Duration.ofMinutes(5);

    public StagingConfig {
        requireNonNull(directory, "directory");
        requireNonNull(identity, "identity");
        if (maxBytes < 0 || maxUploads < 1 || maxWait.isNegative() || earlyBytes < 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + ", maxUploads " + maxUploads + ", maxWait "
                    + maxWait + ", earlyBytes " + earlyBytes + ": must not be negative, and at least one upload");
        }
        if (!firstRetry.isPositive() || maxRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("firstRetry " + firstRetry + ", maxRetry " + maxRetry
                    + ": must be more than 0, and the second not shorter");
        }
    }

    /** All defaults but place and identity. */
    public static StagingConfig in(Path directory, String identity) {
        return new StagingConfig(
                directory,
                identity,
                DEFAULT_MAX_BYTES,
                DEFAULT_MAX_WAIT,
                DEFAULT_MAX_UPLOADS,
                DEFAULT_EARLY_BYTES,
                DEFAULT_FIRST_RETRY,
                DEFAULT_MAX_RETRY);
    }

    /** The same with another room. */
    public StagingConfig withMaxBytes(long bytes) {
        return new StagingConfig(directory, identity, bytes, maxWait, maxUploads, earlyBytes, firstRetry, maxRetry);
    }

    /** The same with another length from which on files are sent early. */
    public StagingConfig withEarlyBytes(long bytes) {
        return new StagingConfig(directory, identity, maxBytes, maxWait, maxUploads, bytes, firstRetry, maxRetry);
    }

    /** The same with other patience. */
    public StagingConfig withWaits(Duration wait, Duration first, Duration longest) {
        return new StagingConfig(directory, identity, maxBytes, wait, maxUploads, earlyBytes, first, longest);
    }

    /** How long to wait before the next try after {@code attempts} that failed. */
    Duration pauseAfter(int attempts) {
        int doublings = Math.min(attempts - 1, Long.SIZE / 2);
        long millis = firstRetry.toMillis() * (1L << Math.min(doublings, 20));
        return Duration.ofMillis(Math.min(millis, maxRetry.toMillis()));
    }
}
