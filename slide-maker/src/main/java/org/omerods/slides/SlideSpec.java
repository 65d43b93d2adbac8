package org.omerods.slides;

import java.util.ArrayList;
import java.util.List;
import org.omerods.slides.tissue.SlidePicture;
import org.omerods.slides.tissue.TissuePainter;

/**
 * Which slide to make. The same spec makes the same bytes.
 *
 * @param width pixels of level 0, a multiple of 512
 * @param height pixels of level 0, a multiple of 512
 * @param planes focal planes, an odd number; the middle one is in focus (z = 0) and is what viewers show
 * @param interval MCUs (8 pixels) between restart markers, as far as they divide a row; tiled formats have none
 * @param quality of the JPEG, 1 to 100
 * @param seed of the picture
 */
public record SlideSpec(SlideFormat format, int width, int height, int planes, int interval, int quality, long seed) {

    /** What slide scanners use: 256 MCUs are 2048 pixels. */
    public static final int DEFAULT_INTERVAL = 256;

    /** What scanners of the NanoZoomer line write. */
    public static final int DEFAULT_QUALITY = 90;

    /** Bytes of a level 0 per pixel at the default quality; measured on the pictures made here, where a part is glass. */
    private static final double BYTES_PER_PIXEL = 0.293;

    /** What all levels take together, in units of level 0: less than 4/3, since shrinking smooths. */
    private static final double PYRAMID = 1.28;

    /**
     * A level's JPEG stays below this in what {@link #ofBytes} makes: readers up to OpenSlide 3.4 take the low words of
     * NDPI's offsets alone, so they can read a file of any size but no JPEG of 4 GiB. The margin is for the estimate.
     */
    private static final double MAX_JPEG_BYTES = 3.6e9;

    /** Width to height of what {@link #ofBytes} makes. */
    private static final double ASPECT = 1.4;

    /** The smallest level is the first whose longer side is at most this. */
    private static final int SMALLEST_SIDE = 1024;

    /** Readers count pixels along a side in signed 32 bits and tiles likewise; slides stay far below. */
    private static final int MAX_SIDE = 1 << 20;

    public SlideSpec {
        check(width, "width");
        check(height, "height");
        if (planes < 1 || planes % 2 == 0 || planes > 99) {
            throw new IllegalArgumentException("focal planes are an odd number up to 99, not " + planes);
        }
        if (planes > 1 && format != SlideFormat.NDPI) {
            throw new IllegalArgumentException(format + " is made with one focal plane, not " + planes);
        }
        if (interval < 1 || interval > 0xffff) {
            throw new IllegalArgumentException("a restart interval is 1 to 65535 MCUs, not " + interval);
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality is 1 to 100, not " + quality);
        }
    }

    private static void check(int side, String name) {
        if (side < TissuePainter.SIZE || side > MAX_SIDE || side % TissuePainter.SIZE != 0) {
            throw new IllegalArgumentException(
                    name + " is a multiple of " + TissuePainter.SIZE + " up to " + MAX_SIDE + ", not " + side);
        }
    }

    /**
     * An NDPI of about this size, within some percent from 16 MiB on. From 5 GB on it has several focal planes, so that
     * the JPEG of each stays below 4 GiB.
     */
    public static SlideSpec ofBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a slide has at least a byte, not " + bytes);
        }
        int planes = 1;
        while (bytes / PYRAMID / planes > MAX_JPEG_BYTES) {
            planes += 2;
        }
        double pixels = bytes / PYRAMID / BYTES_PER_PIXEL / planes;
        double tiles = pixels / TissuePainter.SIZE / TissuePainter.SIZE;
        // rows of 2048 pixels' multiples can be cut into the default interval
        int unit = tiles < 64 ? 1 : 4;
        int across = (int) Math.max(1, Math.round(Math.sqrt(tiles * ASPECT) / unit)) * unit;
        int down = (int) Math.max(1, Math.round(tiles / across));
        return new SlideSpec(
                SlideFormat.NDPI,
                across * TissuePainter.SIZE,
                down * TissuePainter.SIZE,
                planes,
                DEFAULT_INTERVAL,
                DEFAULT_QUALITY,
                1);
    }

    /** The same picture, with one focal plane, in another format. */
    public SlideSpec in(SlideFormat other) {
        return new SlideSpec(other, width, height, other == SlideFormat.NDPI ? planes : 1, interval, quality, seed);
    }

    /** The pyramid, the largest level first. */
    public List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        Level level = new Level(0, width, height);
        levels.add(level);
        while (Math.max(level.width(), level.height()) > SMALLEST_SIDE && level.index() < SlidePicture.MAX_LEVEL) {
            level = level.halved(1);
            levels.add(level);
        }
        return levels;
    }

    /** About how large the file will be. */
    public long expectedBytes() {
        return (long) (width * (double) height * planes * BYTES_PER_PIXEL * PYRAMID);
    }

    /** Tiles of the picture along its width. */
    int tilesAcross() {
        return width / TissuePainter.SIZE;
    }

    int tilesDown() {
        return height / TissuePainter.SIZE;
    }
}
