package org.omerods.slides;

import java.util.List;

/**
 * What was made.
 *
 * @param levels the pyramid, the largest first
 * @param bytes size of the file
 * @param seconds time it took
 */
public record SlideReport(List<Level> levels, long bytes, double seconds) {
    public SlideReport {
        levels = List.copyOf(levels);
    }
}
