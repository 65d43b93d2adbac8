package org.omerods.slides.tissue;

/** A square of pixels that soft ellipses can be drawn on. Not thread-safe. */
final class Canvas {
    private final int size;
    private final int[] pixels;

    Canvas(int size) {
        this.size = size;
        this.pixels = new int[size * size];
    }

    int[] pixels() {
        return pixels;
    }

    void set(int at, int rgb) {
        pixels[at] = rgb;
    }

    static int rgb(float red, float green, float blue) {
        return Math.clamp((int) red, 0, 255) << 16
                | Math.clamp((int) green, 0, 255) << 8
                | Math.clamp((int) blue, 0, 255);
    }

    /** What a pixel of an ellipse becomes. */
    @FunctionalInterface
    interface Ink {
        /**
         * @param radius square of the relative distance from the centre: 0 there, 1 at the rim
         * @return 0xRRGGBB
         */
        int at(int x, int y, float radius);
    }

    /**
     * Draws an ellipse with a soft rim, cut at the canvas.
     *
     * @param along the longer radius, in pixels
     * @param across the shorter radius
     * @param cos the cosine of the longer axis' angle, with {@code sin}
     */
    void ellipse(float cx, float cy, float along, float across, float cos, float sin, Ink ink) {
        int reach = (int) Math.ceil(along) + 1;
        for (int y = Math.max(0, (int) cy - reach); y <= Math.min(size - 1, (int) cy + reach); y++) {
            for (int x = Math.max(0, (int) cx - reach); x <= Math.min(size - 1, (int) cx + reach); x++) {
                float dx = x - cx;
                float dy = y - cy;
                float a = (dx * cos + dy * sin) / along;
                float b = (dy * cos - dx * sin) / across;
                float radius = a * a + b * b;
                if (radius < 1) {
                    int at = y * size + x;
                    pixels[at] = blend(pixels[at], ink.at(x, y, radius), Math.min(1, (1 - radius) * 3.5f));
                }
            }
        }
    }

    private static int blend(int under, int over, float part) {
        return rgb(
                Noise.mix(under >> 16 & 0xff, over >> 16 & 0xff, part),
                Noise.mix(under >> 8 & 0xff, over >> 8 & 0xff, part),
                Noise.mix(under & 0xff, over & 0xff, part));
    }
}
