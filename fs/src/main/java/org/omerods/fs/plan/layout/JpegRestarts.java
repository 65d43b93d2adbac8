package org.omerods.fs.plan.layout;

import java.util.Optional;

/**
 * What the header of a JPEG (ITU T.81) says of its restart intervals.
 *
 * @param mcuWidth of a minimum coded unit in pixels
 * @param mcuHeight in pixels
 * @param interval MCUs from one restart marker to the next
 */
record JpegRestarts(int mcuWidth, int mcuHeight, int interval) {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int BASELINE = 0xc0;
    private static final int PROGRESSIVE = 0xc2;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int START_OF_SCAN = 0xda;
    private static final int BLOCK_PIXELS = 8;

    /** Reads the markers up to the scan. Empty when there is no restart interval, or it is no JPEG. */
    static Optional<JpegRestarts> read(byte[] head) {
        int width = 0;
        int height = 0;
        int interval = 0;
        if (word(head, 0) != 0xff00 + START_OF_IMAGE) {
            return Optional.empty();
        }
        for (int at = 2; word(head, at) >= 0xff00; at += 2 + Math.max(2, word(head, at + 2))) {
            int marker = word(head, at) & 0xff;
            if (marker == START_OF_SCAN) {
                return width > 0 && height > 0 && interval > 0
                        ? Optional.of(new JpegRestarts(width * BLOCK_PIXELS, height * BLOCK_PIXELS, interval))
                        : Optional.empty();
            }
            if (marker >= BASELINE && marker <= PROGRESSIVE) {
                int components = byteAt(head, at + 9);
                for (int i = 0; i < components; i++) {
                    int sampling = byteAt(head, at + 11 + 3 * i);
                    width = Math.max(width, sampling >> 4);
                    height = Math.max(height, sampling & 15);
                }
                if (components == 1) {
                    width = 1; // the sampling of a single component counts for nothing
                    height = 1;
                }
            } else if (marker == RESTART_INTERVAL) {
                interval = word(head, at + 4);
            }
        }
        return Optional.empty();
    }

    /** The grid of a level with so many intervals; empty when that is not what they come to. */
    Optional<SlideLevel.Grid> grid(int plane, long width, long height, long count) {
        long mcusAcross = Math.ceilDiv(width, mcuWidth);
        long columns = mcusAcross / interval;
        long rows = Math.ceilDiv(height, mcuHeight);
        boolean fits = mcusAcross % interval == 0 && columns * rows == count && count <= LayoutLimits.MAX_SEGMENTS;
        return fits
                ? Optional.of(new SlideLevel.Grid(
                        plane, width, height, (long) interval * mcuWidth, mcuHeight, (int) columns, (int) rows))
                : Optional.empty();
    }

    private static int word(byte[] bytes, int at) {
        return (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1);
    }

    /** 0 behind the end. */
    private static int byteAt(byte[] bytes, int at) {
        return at >= 0 && at < bytes.length ? bytes[at] & 0xff : 0;
    }
}
