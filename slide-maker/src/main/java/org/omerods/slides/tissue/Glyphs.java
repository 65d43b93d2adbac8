package org.omerods.slides.tissue;

import java.util.ArrayList;
import java.util.List;
import org.omerods.slides.jpeg.McuCoder;
import org.omerods.slides.jpeg.McuRow;

/**
 * The characters of the coordinate labels, each 8 pixels wide and 16 high, that is one MCU in two rows. Drawn here and not
 * by a font, because a machine without fonts must make the same slide. Immutable.
 */
public final class Glyphs {
    private static final String CHARACTERS = "0123456789LxyzOMERDS+- ";

    /** Five columns and seven lines per character: 5 bits a line, from the top. */
    private static final int[][] LINES = {
        {14, 17, 19, 21, 25, 17, 14},
        {4, 12, 4, 4, 4, 4, 14},
        {14, 17, 1, 6, 8, 16, 31},
        {14, 17, 1, 6, 1, 17, 14},
        {2, 6, 10, 18, 31, 2, 2},
        {31, 16, 30, 1, 1, 17, 14},
        {6, 8, 16, 30, 17, 17, 14},
        {31, 1, 2, 4, 8, 8, 8},
        {14, 17, 17, 14, 17, 17, 14},
        {14, 17, 17, 15, 1, 2, 12},
        {16, 16, 16, 16, 16, 16, 31},
        {0, 0, 17, 10, 4, 10, 17},
        {0, 0, 17, 17, 15, 1, 14},
        {0, 0, 31, 2, 4, 8, 31},
        {14, 17, 17, 17, 17, 17, 14},
        {17, 27, 21, 21, 17, 17, 17},
        {31, 16, 16, 30, 16, 16, 31},
        {30, 17, 17, 30, 20, 18, 17},
        {28, 18, 17, 17, 17, 18, 28},
        {15, 16, 16, 14, 1, 1, 30},
        {0, 4, 4, 31, 4, 4, 0},
        {0, 0, 0, 31, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 0}
    };

    private static final int INK = 0x101010;
    private static final int PLATE = 0xfff8c8;

    private final List<McuRow> upper = new ArrayList<>();
    private final List<McuRow> lower = new ArrayList<>();

    Glyphs(McuCoder coder) {
        for (int i = 0; i < CHARACTERS.length(); i++) {
            int[] pixels = new int[8 * 16];
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = ink(i, p % 8, p / 8) ? INK : PLATE;
            }
            upper.add(coder.encode(pixels, 0, 8, 1));
            lower.add(coder.encode(pixels, 64, 8, 1));
        }
    }

    /** Whether a pixel of the 8 by 16 of a character is dark. */
    public static boolean ink(char character, int x, int y) {
        return ink(index(character), x, y);
    }

    private static boolean ink(int index, int x, int y) {
        int line = (y - 1) / 2;
        return x >= 1 && x <= 5 && y >= 1 && y < 15 && (LINES[index][line] >> (5 - x) & 1) == 1;
    }

    McuRow row(char character, int half) {
        int index = index(character);
        return half == 0 ? upper.get(index) : lower.get(index);
    }

    private static int index(char character) {
        int index = CHARACTERS.indexOf(character);
        if (index < 0) {
            throw new IllegalArgumentException("no glyph for '" + character + "'");
        }
        return index;
    }
}
