package org.omerods.fs.plan;

import java.util.List;

/**
 * What follows from one read.
 *
 * @param streams to be handed to the next call
 * @param stream the stream that the read belongs to
 * @param ahead ranges to fetch that nobody waits for yet, nearest first; they may be here already
 * @param abandoned streams that nobody continues: what is still queued for them can be dropped
 */
public record Plan(Streams streams, int stream, List<ByteRange> ahead, List<Integer> abandoned) {
    public Plan {
        ahead = List.copyOf(ahead);
        abandoned = List.copyOf(abandoned);
    }
}
