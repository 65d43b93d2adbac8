package org.omerods.fs.plan;

import java.util.List;

/**
 * How far ahead of a sequential stream to fetch. The window starts small and doubles each time half of it was consumed,
 * so that a short run costs little and a long one soon fills the line. A window of full size is filled up as soon as a piece
 * of it was consumed: all of it is on its way all the time.
 */
final class SequentialPlan {
    /**
     * A window comes in so many pieces at least: a reader gets a piece when all of it is here, and a line with several
     * connections carries several at a time.
     */
    private static final int PIECES_OF_A_WINDOW = 8;

    /** Smaller ones cost more than they bring. */
    private static final long LEAST_PIECE_BYTES = 1L << 20;

    /** Larger ones leave connections without work at a distance, while a few bring all of it. */
    private static final long LARGEST_PIECE_BYTES = 2L << 20;

    private SequentialPlan() {}

    static boolean fits(Stream stream, PrefetchConfig config) {
        return config.maxWindowBytes() > 0 && stream.run().followedBytes() >= config.sequentialAfterBytes();
    }

    static Step step(Stream stream, long size, PrefetchConfig config) {
        long head = stream.run().head();
        Window window = stream.window();
        long consumed = window.bytes() - (window.end() - head);
        long half = (window.bytes() + 1) / 2;
        boolean isFull = window.bytes() == config.maxWindowBytes();
        if (consumed < (isFull ? Math.min(half, pieceBytes(window.bytes())) : half)) {
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
        return to > from ? new ByteRange(from, to).cutAt(pieceBytes(windowBytes)) : List.of();
    }

    private static long pieceBytes(long windowBytes) {
        return Math.clamp(windowBytes / PIECES_OF_A_WINDOW, LEAST_PIECE_BYTES, LARGEST_PIECE_BYTES);
    }
}
