package org.omerods.slides;

import java.io.IOException;
import org.omerods.slides.jpeg.McuCoder;
import org.omerods.slides.jpeg.Scan;
import org.omerods.slides.tissue.Glyphs;
import org.omerods.slides.tissue.TissueMap;

/** The photo of the whole glass: a label at the left, the tissue at the right. Immutable. */
final class MacroImage {
    static final int WIDTH = 1184;
    static final int HEIGHT = 400;
    static final int MAP_WIDTH = WIDTH / 2;
    static final int MAP_HEIGHT = HEIGHT / 2;

    private static final int LABEL_WIDTH = 300;
    private static final int LABEL = 0xf4efd8;
    private static final int INK = 0x202020;
    private static final int GLASS = 0xe9ebee;
    private static final int STROMA = 0xe2a9c4;
    private static final int EPITHELIUM = 0xa877ab;

    /** Pixels of a letter's dot. */
    private static final int DOT = 4;

    private final int[] pixels = new int[WIDTH * HEIGHT];

    MacroImage(TissueMap map, long seed) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixel(map, i % WIDTH, i / WIDTH);
        }
        write("OMERODS", 30, 120);
        write(Long.toString(Math.floorMod(seed, 10_000_000L)), 30, 220);
    }

    void append(Scan scan, int quality) throws IOException {
        McuCoder coder = new McuCoder(quality);
        for (int y = 0; y < HEIGHT; y += Level.MCU) {
            scan.append(coder.encode(pixels, y * WIDTH, WIDTH, WIDTH / Level.MCU), 0, WIDTH / Level.MCU, 0);
        }
    }

    /** The map: one grey byte per pixel. */
    byte[] map() {
        byte[] grey = new byte[MAP_WIDTH * MAP_HEIGHT];
        for (int i = 0; i < grey.length; i++) {
            // green is the channel in which stained tissue is darkest
            grey[i] = (byte) (pixels[i / MAP_WIDTH * 2 * WIDTH + i % MAP_WIDTH * 2] >> 8);
        }
        return grey;
    }

    private static int pixel(TissueMap map, int x, int y) {
        if (x < LABEL_WIDTH) {
            return LABEL;
        }
        float u = (float) (x - LABEL_WIDTH) / (WIDTH - LABEL_WIDTH);
        return switch (map.classAt(u, (float) y / HEIGHT)) {
            case TissueMap.STROMA -> STROMA;
            case TissueMap.EPITHELIUM -> EPITHELIUM;
            default -> GLASS;
        };
    }

    private void write(String text, int left, int top) {
        for (int i = 0; i < text.length(); i++) {
            for (int p = 0; p < 8 * 16 * DOT * DOT; p++) {
                int x = p % (8 * DOT);
                int y = p / (8 * DOT);
                if (Glyphs.ink(text.charAt(i), x / DOT, y / DOT)) {
                    pixels[(top + y) * WIDTH + left + i * 8 * DOT + x] = INK;
                }
            }
        }
    }
}
