package org.omerods.slides.tissue;

/** Smooth value noise: random values on a lattice, with smooth transitions between them. Values are in [0, 1). */
final class Noise {
    private Noise() {}

    /** The noise at a point of the plane; the lattice has the unit length. */
    static float at(long seed, float x, float y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        float u = smooth(x - column);
        float v = smooth(y - row);
        float top = mix(Hash.unit(seed, column, row), Hash.unit(seed, column + 1L, row), u);
        float bottom = mix(Hash.unit(seed, column, row + 1L), Hash.unit(seed, column + 1L, row + 1L), u);
        return mix(top, bottom, v);
    }

    /**
     * Noise on a square of {@code size} pixels that continues into a copy of itself at each side: the mean of
     * {@code octaves} octaves of falling weight, the first of which has {@code cells} lattice cells along a side.
     */
    static float[] periodic(long seed, int size, int cells, int octaves) {
        float[] field = new float[size * size];
        float weight = 1;
        float sum = 0;
        for (int octave = 0; octave < octaves; octave++) {
            addOctave(field, seed + octave, size, cells << octave, weight);
            sum += weight;
            weight /= 2;
        }
        for (int i = 0; i < field.length; i++) {
            field[i] /= sum;
        }
        return field;
    }

    private static void addOctave(float[] field, long seed, int size, int cells, float weight) {
        float[] lattice = new float[cells * cells];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = Hash.unit(seed, i, cells);
        }
        float step = (float) cells / size;
        for (int y = 0; y < size; y++) {
            int row = (int) (y * step);
            int below = (row + 1) % cells;
            float v = smooth(y * step - row);
            for (int x = 0; x < size; x++) {
                int column = (int) (x * step);
                int right = (column + 1) % cells;
                float u = smooth(x * step - column);
                float top = mix(lattice[row * cells + column], lattice[row * cells + right], u);
                float bottom = mix(lattice[below * cells + column], lattice[below * cells + right], u);
                field[y * size + x] += weight * mix(top, bottom, v);
            }
        }
    }

    static float mix(float a, float b, float part) {
        return a + (b - a) * part;
    }

    /** The cubic that leads from 0 to 1 with no slope at its ends; arguments outside are cut. */
    static float smooth(float t) {
        float cut = Math.clamp(t, 0, 1);
        return cut * cut * (3 - 2 * cut);
    }
}
