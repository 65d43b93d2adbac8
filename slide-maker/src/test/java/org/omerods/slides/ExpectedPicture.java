package org.omerods.slides;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import org.omerods.slides.tissue.TissueMap;
import org.omerods.slides.tissue.TissuePainter;

/** What a slide must show, computed from the painted tiles without any JPEG and without labels. */
final class ExpectedPicture {
    private static final int SIZE = TissuePainter.SIZE;

    private final TissueMap map;
    private final TissuePainter painter;
    private final Map<Integer, int[]> tiles = new HashMap<>();

    ExpectedPicture(SlideSpec spec) {
        map = SlideMaker.map(spec);
        painter = new TissuePainter(map, spec.seed());
    }

    /** The mean of the level 0 pixels under a pixel of a level, per channel. */
    int[] pixel(int level, int x, int y) {
        int scale = 1 << level;
        long[] sums = new long[3];
        for (int i = 0; i < scale * scale; i++) {
            int rgb = base(x * scale + i % scale, y * scale + i / scale);
            for (int channel = 0; channel < 3; channel++) {
                sums[channel] += rgb >> (16 - 8 * channel) & 0xff;
            }
        }
        int count = scale * scale;
        return new int[] {(int) (sums[0] / count), (int) (sums[1] / count), (int) (sums[2] / count)};
    }

    private int base(int x, int y) {
        int tile = map.tile(x / SIZE, y / SIZE);
        return tiles.computeIfAbsent(tile, painter::paint)[y % SIZE * SIZE + x % SIZE];
    }

    /**
     * The mean difference per channel between this and a picture of a region at a level. Rows with labels are left out.
     *
     * @param left the region's corner in pixels of the level
     */
    double difference(BufferedImage shown, int level, int left, int top) {
        long sum = 0;
        long count = 0;
        for (int y = 0; y < shown.getHeight(); y++) {
            int inSquare = (top + y) % SIZE;
            if (inSquare >= 8 && inSquare < 24) {
                continue;
            }
            for (int x = 0; x < shown.getWidth(); x++) {
                int[] expected = pixel(level, left + x, top + y);
                int rgb = shown.getRGB(x, y);
                for (int channel = 0; channel < 3; channel++) {
                    sum += Math.abs(expected[channel] - (rgb >> (16 - 8 * channel) & 0xff));
                }
                count += 3;
            }
        }
        return (double) sum / count;
    }
}
