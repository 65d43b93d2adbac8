package org.omerods.fs.plan.layout;

import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;

/**
 * A parser run to its end.
 *
 * @param layout what came out
 * @param waves of requests, each of which costs a round trip
 * @param bytes that were read
 */
record Parsing(Optional<SlideLayout> layout, int waves, long bytes) {

    static Parsing of(SlideBytes file) {
        Optional<LayoutParser> parser =
                LayoutParser.of(file.read(0, (int) Math.min(LayoutParser.HEAD_BYTES, file.size())), file.size());
        return parser.map(found -> run(found, file)).orElse(new Parsing(Optional.empty(), 0, 0));
    }

    private static Parsing run(LayoutParser parser, SlideBytes file) {
        int waves = 0;
        long bytes = 0;
        for (List<ByteRange> wave = parser.next(); !wave.isEmpty(); wave = parser.next()) {
            waves++;
            for (ByteRange range : wave) {
                parser.feed(range, file.read(range.start(), (int) range.length()));
                bytes += range.length();
            }
        }
        return new Parsing(parser.layout(), waves, bytes);
    }

    SlideLayout found() {
        return layout.orElseThrow();
    }
}
