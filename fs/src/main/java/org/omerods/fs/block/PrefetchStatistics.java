package org.omerods.fs.block;

/**
 * What was fetched ahead and what it was worth, since the cache was opened.
 *
 * @param layouts of slides that are known now
 * @param layoutBytes of memory that they take
 * @param layoutsParsed found out from the slide itself
 * @param layoutsRestored read from the cache folder, without a request
 * @param layoutsNotUnderstood files that began like a slide and were none
 * @param layoutWaves round trips that it took to parse them
 * @param layoutIndexBytes read for it, most of which the programs read as well
 * @param usedBytes fetched ahead, and asked for later
 * @param unusedBytes fetched ahead, and not asked for until now
 * @param queuedPieces wait for their turn
 * @param droppedPieces given up before their turn came, since nobody went that way
 */
public record PrefetchStatistics(
        long layouts,
        long layoutBytes,
        long layoutsParsed,
        long layoutsRestored,
        long layoutsNotUnderstood,
        long layoutWaves,
        long layoutIndexBytes,
        long usedBytes,
        long unusedBytes,
        int queuedPieces,
        long droppedPieces) {}
