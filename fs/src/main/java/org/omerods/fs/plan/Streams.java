package org.omerods.fs.plan;

import java.util.List;

/**
 * What a planner remembers of one object's reads. Immutable.
 *
 * @param open the last one used at the end, at most {@link ReadPlanner#MAX_STREAMS}
 * @param clock how many reads there were
 * @param nextId for the next new stream
 */
public record Streams(List<Stream> open, long clock, int nextId) {
    /** Before the first read. */
    public static final Streams NONE = new Streams(List.of(), 0, 0);

    public Streams {
        open = List.copyOf(open);
    }

    /** The one that the last read belongs to. */
    Stream last() {
        return open.getLast();
    }
}
