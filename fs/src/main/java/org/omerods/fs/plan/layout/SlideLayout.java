package org.omerods.fs.plan.layout;

import java.util.List;
import org.omerods.fs.plan.ByteRange;

/**
 * Where everything lies in a slide file. Immutable.
 *
 * @param kind of the file
 * @param size of the file in bytes
 * @param levels with a grid of more than a few segments, in the order of their first bytes
 * @param index the ranges that tell so: directories and tables. Programs read them at each open
 */
public record SlideLayout(SlideKind kind, long size, List<SlideLevel> levels, List<ByteRange> index) {
    public SlideLayout {
        levels = List.copyOf(levels);
        index = List.copyOf(index);
        for (SlideLevel level : levels) {
            if (level.end() > size) {
                throw new IllegalArgumentException("a level ends at " + level.end() + " of " + size + " bytes");
            }
        }
    }

    /** Number of the level that has a segment at an offset; -1 when there is none. */
    public int levelAt(long offset) {
        for (int i = 0; i < levels.size(); i++) {
            SlideLevel level = levels.get(i);
            if (level.first() <= offset && offset < level.end() && level.segmentAt(offset) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Bytes of memory. */
    public long weight() {
        long weight = 64;
        for (SlideLevel level : levels) {
            weight += level.weight();
        }
        return weight + 40L * index.size();
    }
}
