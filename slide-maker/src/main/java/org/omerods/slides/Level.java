package org.omerods.slides;

/**
 * One level of a pyramid.
 *
 * @param index 0 for the largest; each next one has half the sides
 * @param width in pixels, a multiple of 8
 * @param height in pixels, a multiple of 8
 */
public record Level(int index, int width, int height) {
    /** Pixels along a side of an MCU. */
    static final int MCU = 8;

    /** The level {@code steps} halvings below. */
    Level halved(int steps) {
        return new Level(index + steps, width >> steps, height >> steps);
    }

    int mcusAcross() {
        return width / MCU;
    }

    int mcuRows() {
        return height / MCU;
    }

    /** The largest restart interval, in MCUs, that is at most {@code wanted} and fits a row a whole number of times. */
    int interval(int wanted) {
        int interval = Math.min(wanted, mcusAcross());
        while (mcusAcross() % interval != 0) {
            interval--;
        }
        return interval;
    }
}
