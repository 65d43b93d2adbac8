package org.omerods.slides.tissue;

import java.util.ArrayList;
import java.util.List;
import org.omerods.slides.jpeg.McuCoder;
import org.omerods.slides.jpeg.McuRow;

/**
 * A tile of the slide, painted and JPEG-coded at each pyramid level: level {@code k} is level 0 shrunk by 2^k with the mean
 * of the pixels, down to the level at which the tile is a single MCU. Immutable.
 */
final class CodedTile {
    /** MCUs along a side at level 0. */
    static final int MCUS = TissuePainter.SIZE / 8;

    private final List<List<McuRow>> levels = new ArrayList<>();

    CodedTile(int[] pixels, McuCoder coder) {
        int[] level = pixels;
        for (int size = TissuePainter.SIZE; size >= 8; size /= 2) {
            List<McuRow> rows = new ArrayList<>();
            for (int row = 0; row < size / 8; row++) {
                rows.add(coder.encode(level, row * 8 * size, size, size / 8));
            }
            levels.add(List.copyOf(rows));
            level = halved(level, size);
        }
    }

    McuRow row(int level, int row) {
        return levels.get(level).get(row);
    }

    /** The picture of half the size; each pixel is the mean of four. */
    static int[] halved(int[] pixels, int size) {
        int half = size / 2;
        int[] result = new int[half * half];
        for (int y = 0; y < half; y++) {
            for (int x = 0; x < half; x++) {
                int at = 2 * y * size + 2 * x;
                result[y * half + x] = mean(pixels[at], pixels[at + 1], pixels[at + size], pixels[at + size + 1]);
            }
        }
        return result;
    }

    private static int mean(int a, int b, int c, int d) {
        int mean = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int sum = (a >> shift & 0xff) + (b >> shift & 0xff) + (c >> shift & 0xff) + (d >> shift & 0xff);
            mean |= ((sum + 2) / 4) << shift;
        }
        return mean;
    }
}
