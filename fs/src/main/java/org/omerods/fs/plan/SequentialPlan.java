package org.omerods.fs.plan;

import java.util.List;

/**
 * How far ahead of a sequential stream to fetch. The window starts small and doubles each time half of it was consumed,
 * so that a short run costs little and a long one soon fills the line.
 */
final class SequentialPlan {
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
        return new Step(grown, to > from ? List.of(new ByteRange(from, to)) : List.of());
    }
}
