package org.omerods.fs.plan;

import java.util.List;

/**
 * What follows from one read.
 *
 * @param streams to be handed to the next call
 * @param stream names what the ranges are for
 * @param ahead ranges to fetch that nobody waits for yet, nearest first; they may be here already
 * @param perhaps ranges that are likely to be asked for later; they come after everything that is ahead of anybody
 * @param abandoned streams that nobody continues: what is still queued for them can be dropped
 */
public record Plan(
        Streams streams, int stream, List<ByteRange> ahead, List<ByteRange> perhaps, List<Integer> abandoned) {
    public Plan {
        ahead = List.copyOf(ahead);
        perhaps = List.copyOf(perhaps);
        abandoned = List.copyOf(abandoned);
    }
}
