package org.omerods.cli.demo;

/**
 * One thing that was read twice.
 *
 * @param name in a word
 * @param what was read, in words
 * @param coldSeconds nothing of it was known here
 * @param warmSeconds the same again
 * @param readBytes what the programs read through the mount, cold
 * @param fetchedBytes what the zone sent for it, with all that frames it, cold
 * @param fetchedWarmBytes the same, warm
 */
record Measurement(
        String name,
        String what,
        double coldSeconds,
        double warmSeconds,
        long readBytes,
        long fetchedBytes,
        long fetchedWarmBytes) {

    /** Bytes fetched per byte read; 0 where nothing was read. */
    double amplification() {
        return readBytes == 0 ? 0 : (double) fetchedBytes / readBytes;
    }
}
