package org.omerods.fs.plan;

/**
 * What may be fetched ahead in one object: some bytes for nothing, and one for each byte that was asked for. So no more than
 * two bytes are fetched for each one asked, whatever the guesses are worth; where they are good, they pay for themselves.
 * Not thread-safe.
 */
final class Credit {
    /** A long look at what is here shall not pay for as long a time of bad guesses. */
    private static final int MAX_IN_FREE_BYTES = 8;

    /** Guesses leave so much to what is being read: without it, a tile would be fetched row by row. */
    private static final int RESERVED_PARTS = 4;

    private final long maxBytes;
    private final long reserved;
    private long bytes;

    Credit(long freeBytes) {
        bytes = freeBytes;
        reserved = freeBytes / RESERVED_PARTS;
        maxBytes = freeBytes * MAX_IN_FREE_BYTES;
    }

    void earn(long asked) {
        bytes = Math.min(maxBytes, bytes + asked);
    }

    /** Whether so many bytes may be fetched; then they are paid. */
    boolean spend(long wanted) {
        if (wanted > bytes) {
            return false;
        }
        bytes -= wanted;
        return true;
    }

    /** The same for what nobody asks for yet. */
    boolean spendOnGuess(long wanted) {
        return wanted <= bytes - reserved && spend(wanted);
    }
}
