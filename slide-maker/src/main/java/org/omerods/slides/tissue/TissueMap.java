package org.omerods.slides.tissue;

/**
 * Where on the slide there is glass, stroma or epithelium: a class for each corner of the grid of tiles, from a few blobs
 * with ragged outlines. A tile's look depends on the classes of its four corners, so that neighbours fit (corner-coloured
 * Wang tiles), and on one of a few variants. A pure function of seed and position; immutable.
 */
public final class TissueMap {
    public static final int GLASS = 0;
    public static final int STROMA = 1;
    public static final int EPITHELIUM = 2;

    static final int CLASSES = 3;

    /** Four times the same class, as digits to the base of {@link #CLASSES}: the kinds 0, 40 and 80. */
    private static final int UNIFORM_STEP = 1 + CLASSES * (1 + CLASSES * (1 + CLASSES));

    private static final int LOOKS_PER_BORDER_LOOK = 3;

    /** Pieces of tissue on the glass, as relative centre and radii. */
    private static final float[][] BLOBS = {
        {0.34f, 0.40f, 0.27f, 0.31f}, {0.70f, 0.58f, 0.23f, 0.33f}, {0.33f, 0.86f, 0.17f, 0.08f}
    };

    private final long seed;
    private final int across;
    private final int down;
    private final int variants;
    private final int[] tiles;

    /**
     * @param across tiles in a row
     * @param down rows of tiles
     * @param variants looks of each kind of tile that has one class
     */
    public TissueMap(long seed, int across, int down, int variants) {
        this.seed = seed;
        this.across = across;
        this.down = down;
        this.variants = variants;
        this.tiles = number();
    }

    private int[] number() {
        int corners = across + 1;
        int[] classes = new int[corners * (down + 1)];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = corner(i % corners, i / corners);
        }
        int[] numbers = new int[across * down];
        for (int i = 0; i < numbers.length; i++) {
            int x = i % across;
            int y = i / across;
            int at = y * corners + x;
            int below = at + corners;
            int kind = classes[at]
                    + CLASSES * (classes[at + 1] + CLASSES * (classes[below] + CLASSES * classes[below + 1]));
            numbers[i] = kind * variants + Hash.below(looks(kind), seed + 4, x, y);
        }
        return numbers;
    }

    public int across() {
        return across;
    }

    public int down() {
        return down;
    }

    /** Kinds of one class lie side by side over large areas and need variety; borders hardly repeat. */
    private int looks(int kind) {
        boolean uniform = kind % UNIFORM_STEP == 0;
        return uniform ? variants : Math.max(1, variants / LOOKS_PER_BORDER_LOOK);
    }

    /** The class at the corner left above tile ({@code x}, {@code y}). */
    private int corner(int x, int y) {
        if (x <= 0 || y <= 0 || x >= across || y >= down) {
            return GLASS;
        }
        return classAt((float) x / across, (float) y / down);
    }

    /** The class at a relative position; the corners are samples of this. */
    public int classAt(float u, float v) {
        float ragged = 0.5f * Noise.at(seed, u * 9, v * 9) + 0.25f * Noise.at(seed + 1, u * 23, v * 23) - 0.375f;
        float inside = -1;
        for (float[] blob : BLOBS) {
            float dx = (u - blob[0]) / blob[2];
            float dy = (v - blob[1]) / blob[3];
            inside = Math.max(inside, 1 - dx * dx - dy * dy);
        }
        if (inside + ragged < 0.1f) {
            return GLASS;
        }
        float nests = 0.6f * Noise.at(seed + 2, u * 11, v * 11) + 0.4f * Noise.at(seed + 3, u * 31, v * 31);
        return nests > 0.52f ? EPITHELIUM : STROMA;
    }

    /** Which kind of tile lies at a place of the grid: its four corners' classes and its variant in one number. */
    public int tile(int x, int y) {
        return tiles[y * across + x];
    }

    /** The class of one corner (0 left above, 1 right above, 2 left below, 3 right below) of a tile number. */
    int cornerOf(int tile, int corner) {
        int kind = tile / variants;
        for (int i = 0; i < corner; i++) {
            kind /= CLASSES;
        }
        return kind % CLASSES;
    }

    int variantOf(int tile) {
        return tile % variants;
    }
}
