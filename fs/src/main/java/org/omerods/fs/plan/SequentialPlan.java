package org.omerods.fs.plan;

import java.util.List;

/**
 * How far ahead of a sequential stream to fetch. The window starts small and doubles each time half of it was consumed,
 * so that a short run costs little and a long one soon fills the line.
 */
final class SequentialPlan {
    /**
     * A window comes in so many pieces at least: a reader gets a piece when all of it is here, and a line with several
     * connections carries several at a time.
     */
    private static final int PIECES_OF_A_WINDOW = 8;

    /** Smaller ones cost more than they bring. */
    private static final long LEAST_PIECE_BYTES = 1L << 20;

    private SequentialPlan() {}

    static boolean fits(Stream stream, PrefetchConfig config) {
        return config.maxWindowBytes() > 0 && stream.run().followedBytes() >= config.sequentialAfterBytes();
    }

    static Step step(Stream stream, long size, PrefetchConfig config) {
        long head = stream.run().head();
        Window window = stream.window();
        if ((window.end() - head) * 2 > window.bytes()) {
            return new Step(stream, List.of());
        }
        long bytes = Math.min(
                config.maxWindowBytes(), window.bytes() == 0 ? config.initialWindowBytes() : window.bytes() * 2);
        long from = Math.min(size, Math.max(window.end(), head));
        long to = Math.min(size, head + bytes);
        Stream grown = stream.with(new Window(bytes, Math.max(from, to)));
        return new Step(grown, pieces(from, to, bytes));
    }

    private static List<ByteRange> pieces(long from, long to, long windowBytes) {
        return to > from
                ? new ByteRange(from, to).cutAt(Math.max(LEAST_PIECE_BYTES, windowBytes / PIECES_OF_A_WINDOW))
                : List.of();
    }
}
