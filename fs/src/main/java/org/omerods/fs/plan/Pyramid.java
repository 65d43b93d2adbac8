package org.omerods.fs.plan;

import java.util.Optional;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;

/** Which regions of other levels show the same part of the picture. Immutable. */
final class Pyramid {
    private final SlideLayout layout;

    /** Number of the next larger level of the same plane; -1 for none. */
    private final int[] larger;

    private final int[] smaller;

    Pyramid(SlideLayout layout) {
        this.layout = layout;
        int count = layout.levels().size();
        larger = new int[count];
        smaller = new int[count];
        for (int i = 0; i < count; i++) {
            larger[i] = next(i, 1);
            smaller[i] = next(i, -1);
        }
    }

    /** The level whose width is the next one in a direction. */
    private int next(int level, int sign) {
        SlideLevel.Grid own = layout.levels().get(level).grid();
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < layout.levels().size(); i++) {
            SlideLevel.Grid grid = layout.levels().get(i).grid();
            long difference = sign * (grid.width() - own.width());
            if (grid.plane() == own.plane() && difference > 0 && difference < least) {
                best = i;
                least = difference;
            }
        }
        return best;
    }

    Optional<Region> parent(Region region) {
        return projected(region, smaller[region.level()]);
    }

    Optional<Region> child(Region region) {
        return projected(region, larger[region.level()]);
    }

    /** The same part of the picture on another level of the same plane; empty when that is another picture. */
    Optional<Region> projected(Region region, int level) {
        SlideLevel.Grid from = layout.levels().get(region.level()).grid();
        if (level < 0 || layout.levels().get(level).grid().plane() != from.plane()) {
            return Optional.empty();
        }
        SlideLevel.Grid to = layout.levels().get(level).grid();
        double scale = (double) to.width() / from.width();
        Region projected = new Region(
                level,
                (int) (region.top() * from.segmentHeight() * scale / to.segmentHeight()),
                (int) (((region.bottom() + 1) * from.segmentHeight() * scale - 1) / to.segmentHeight()),
                (int) (region.left() * from.segmentWidth() * scale / to.segmentWidth()),
                (int) (((region.right() + 1) * from.segmentWidth() * scale - 1) / to.segmentWidth()));
        return Optional.of(projected.within(to)).filter(inside -> !inside.isEmpty());
    }
}
