package org.omerods.slides.tissue;

/**
 * Paints tiles of {@link #SIZE} pixels that look like tissue stained with haematoxylin and eosin: pink wavy stroma, purple
 * epithelium with nuclei and glands, bright glass. Tiles fit their neighbours: what shows at a border depends on the two
 * corners there and on fields that repeat from tile to tile; nuclei stay inside.
 *
 * <p>Paints a tile in some 10 ms. Immutable after construction, so safe for several threads.
 */
public final class TissuePainter {
    /** Pixels along a side of a tile at level 0. */
    public static final int SIZE = 512;

    /** Pixels from the border over which the variant's own texture fades in. */
    private static final float FADE = 64;

    /** Cycles of the fibre pattern along the two sides: whole numbers, so that it repeats. */
    private static final int FIBRES_X = 5;

    private static final int FIBRES_Y = 9;

    /** Radians by which noise bends the fibres. */
    private static final float BEND = 14;

    private final TissueMap map;
    private final long seed;
    private final float[] outline;
    private final float[] waves;
    private final float[] mottle;
    private final float[] grain = new float[SIZE * SIZE];
    private final float[] sine = new float[4096];

    public TissuePainter(TissueMap map, long seed) {
        this.map = map;
        this.seed = seed;
        outline = Noise.periodic(seed + 10, SIZE, 6, 5);
        waves = Noise.periodic(seed + 20, SIZE, 4, 3);
        mottle = Noise.periodic(seed + 30, SIZE, 48, 3);
        for (int i = 0; i < grain.length; i++) {
            grain[i] = Hash.unit(seed, 60, i) - 0.5f;
        }
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / sine.length);
        }
    }

    /** The pixels of a tile number of the map, as 0xRRGGBB, row by row. */
    public int[] paint(int tile) {
        Canvas canvas = new Canvas(SIZE);
        float[] own = Noise.periodic(Hash.of(seed, 40, tile), SIZE, 4, 2);
        float[] tissue = share(tile, TissueMap.STROMA, 9, 10);
        float[] epithelium = share(tile, TissueMap.EPITHELIUM, 11, 5);
        int grainStart = Hash.below(SIZE * SIZE, seed, 60, tile);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int at = y * SIZE + x;
                float fade = Noise.smooth(Math.min(Math.min(x, SIZE - 1 - x), Math.min(y, SIZE - 1 - y)) / FADE);
                float wave = Noise.mix(waves[at], own[at], fade);
                float noise = grain[(at + grainStart) % grain.length];
                canvas.set(at, texture(x, y, tissue[at], epithelium[at], wave, noise));
            }
        }
        new Nuclei(Hash.of(seed, 50, tile), canvas, tissue, epithelium).draw();
        return canvas.pixels();
    }

    /**
     * How much a tile is of a class, or of a higher one, at each pixel: bilinear between its corners, bent by the outline.
     *
     * @param bend tenths by which the outline's noise moves the border
     * @param sharpness of the border
     */
    private float[] share(int tile, int wanted, float bend, float sharpness) {
        float[] corners = new float[4];
        for (int corner = 0; corner < corners.length; corner++) {
            corners[corner] = map.cornerOf(tile, corner) >= wanted ? 1 : 0;
        }
        float[] share = new float[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++) {
            float left = Noise.mix(corners[0], corners[2], (float) y / SIZE);
            float right = Noise.mix(corners[1], corners[3], (float) y / SIZE);
            for (int x = 0; x < SIZE; x++) {
                int at = y * SIZE + x;
                float inside = Noise.mix(left, right, (float) x / SIZE) - 0.5f + (outline[at] - 0.5f) * bend / 10;
                share[at] = Noise.smooth(inside * sharpness + 0.5f);
            }
        }
        return share;
    }

    private int texture(int x, int y, float tissue, float epithelium, float wave, float noise) {
        float u = (float) x / SIZE;
        float v = (float) y / SIZE;
        float fibre = sine(FIBRES_X * u + FIBRES_Y * v + wave * BEND / 6.2832f);
        float fine = sine(3 * FIBRES_X * u - 2 * FIBRES_Y * v + wave * BEND / 2.5f);
        float spots = mottle[y * SIZE + x] - 0.5f;
        float light = fibre * 8 + fine * 4 + spots * 36 + noise * 32;
        float red = Noise.mix(233 + light * 0.5f, 196 + light, epithelium);
        float green = Noise.mix(168 + light * 1.3f, 146 + light * 1.1f, epithelium);
        float blue = Noise.mix(200 + light * 0.8f, 198 + light * 0.7f, epithelium);
        float glass = 243 + noise * 9 + spots * 3;
        return Canvas.rgb(
                Noise.mix(glass, red, tissue), Noise.mix(glass, green, tissue), Noise.mix(glass + 2, blue, tissue));
    }

    /** The sine of so many full turns. */
    private float sine(float turns) {
        return sine[(int) (turns * sine.length) & sine.length - 1];
    }
}
