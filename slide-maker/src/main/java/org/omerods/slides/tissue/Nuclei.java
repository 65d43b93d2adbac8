package org.omerods.slides.tissue;

/**
 * The cells of a tile: round nuclei close together in epithelium, thin ones here and there in stroma, and where there is
 * epithelium all around, a gland: a hole with a ring of nuclei. At 40x a nucleus of 8 µm is some 35 pixels wide. Nothing
 * reaches over the tile's border. Not thread-safe.
 */
final class Nuclei {
    private static final int SIZE = TissuePainter.SIZE;

    /** Squares along a side in each of which there may be one nucleus. */
    private static final int POINTS = 13;

    private static final int MIN_RADIUS = 13;
    private static final int MAX_RADIUS = 22;

    private static final float GLAND_RADIUS = 62;

    private final long seed;
    private final Canvas canvas;
    private final float[] tissue;
    private final float[] epithelium;
    private final float glandX;
    private final float glandY;
    private final boolean gland;

    Nuclei(long seed, Canvas canvas, float[] tissue, float[] epithelium) {
        this.seed = seed;
        this.canvas = canvas;
        this.tissue = tissue;
        this.epithelium = epithelium;
        glandX = SIZE * (0.35f + 0.3f * Hash.unit(seed, 1, 0));
        glandY = SIZE * (0.35f + 0.3f * Hash.unit(seed, 2, 0));
        gland = epithelium[index(glandX, glandY)] > 0.9f && Hash.unit(seed, 3, 0) < 0.8f;
    }

    void draw() {
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                nucleus(row * POINTS + column, column, row);
            }
        }
        if (gland) {
            gland();
        }
    }

    private void nucleus(int number, int column, int row) {
        float along = MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * Hash.unit(seed, 13, number);
        float x = inside((column + Hash.unit(seed, 10, number)) / POINTS, along);
        float y = inside((row + Hash.unit(seed, 11, number)) / POINTS, along);
        int at = index(x, y);
        float chance = 0.15f + 0.72f * epithelium[at];
        if (tissue[at] < 0.9f || Hash.unit(seed, 12, number) > chance || inGland(x, y)) {
            return;
        }
        boolean round = epithelium[at] > 0.5f;
        float across = round ? along * (0.7f + 0.3f * Hash.unit(seed, 14, number)) : 5;
        float angle = Hash.unit(seed, 15, number) * 3.14f;
        ellipse(number, x, y, along, across, angle);
    }

    private boolean inGland(float x, float y) {
        float dx = x - glandX;
        float dy = y - glandY;
        float reach = GLAND_RADIUS + 2 * MAX_RADIUS;
        return gland && dx * dx + dy * dy < reach * reach;
    }

    private void gland() {
        canvas.ellipse(
                glandX, glandY, GLAND_RADIUS, GLAND_RADIUS * 0.8f, 1, 0, (x, y, radius) -> Canvas.rgb(238, 232, 240));
        int ring = 15;
        for (int i = 0; i < ring; i++) {
            float angle = 6.2832f * (i + 0.3f * Hash.unit(seed, 20, i)) / ring;
            float reach = GLAND_RADIUS + MAX_RADIUS - 4;
            float x = glandX + reach * (float) StrictMath.cos(angle);
            float y = glandY + reach * (float) StrictMath.sin(angle) * 0.85f;
            ellipse(1000 + i, x, y, MAX_RADIUS - 2, 10, angle);
        }
    }

    /** Draws a nucleus: blue-violet, with clumps of chromatin and a darker rim. */
    private void ellipse(int number, float cx, float cy, float along, float across, float angle) {
        float tone = 18 * Hash.unit(seed, 30, number);
        canvas.ellipse(
                cx, cy, along, across, (float) StrictMath.cos(angle), (float) StrictMath.sin(angle), (x, y, radius) -> {
                    float clumps = 46 * Noise.at(seed + number, x / 4.5f, y / 4.5f) + tone - 18 * radius;
                    return Canvas.rgb(82 + clumps, 58 + clumps * 0.9f, 124 + clumps * 0.8f);
                });
    }

    private static int index(float x, float y) {
        int row = (int) y;
        int column = (int) x;
        return row * SIZE + column;
    }

    /** The pixel at a relative position, kept so far from the border that an ellipse of this radius stays inside. */
    private static float inside(float position, float radius) {
        return radius + position * (SIZE - 1 - 2 * radius);
    }
}
