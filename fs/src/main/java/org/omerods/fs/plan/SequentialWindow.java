package org.omerods.fs.plan;

import java.util.List;

/**
 * How far ahead of a sequential stream to fetch. The window starts small and doubles each time half of it was consumed,
 * so that a short run costs little and a long one soon fills the line.
 */
final class SequentialWindow {
    private SequentialWindow() {}

    static Step step(Stream stream, long size, PrefetchConfig config) {
        long left = Math.max(0, stream.ahead() - stream.head());
        boolean sequential = stream.followedBytes() >= config.sequentialAfterBytes();
        if (!sequential || config.maxWindowBytes() == 0 || left * 2 > stream.windowBytes()) {
            return new Step(stream, List.of());
        }
        long window = Math.min(
                config.maxWindowBytes(),
                stream.windowBytes() == 0 ? config.initialWindowBytes() : stream.windowBytes() * 2);
        long from = Math.min(size, Math.max(stream.ahead(), stream.head()));
        long to = Math.min(size, stream.head() + window);
        Stream grown = stream.withWindow(window, Math.max(from, to));
        return new Step(grown, to > from ? List.of(new ByteRange(from, to)) : List.of());
    }
}
