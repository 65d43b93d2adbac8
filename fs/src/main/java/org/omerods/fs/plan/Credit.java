package org.omerods.fs.plan;

/**
 * What may be fetched ahead in one object: some bytes for nothing, and one for each byte that was asked for. So no more than
 * two bytes are fetched for each one asked, whatever the guesses are worth; where they are good, they pay for themselves.
 * Not thread-safe.
 */
final class Credit {
    /** A long look at what is here shall not pay for as long a time of bad guesses. */
    private static final int MAX_IN_FREE_BYTES = 8;

    private final long maxBytes;
    private long bytes;

    Credit(long freeBytes) {
        bytes = freeBytes;
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
}
