package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;

/**
 * Collects what is planned for one read: each region once, joined over small gaps, without what is here already, as far as
 * the credit goes.
 */
final class PlannedRanges {
    /** A joined range has at most one byte of gaps for four that are wanted. */
    private static final int GAP_DIVISOR = 4;

    /** What is fetched at least. */
    static final int BLOCK_BYTES = 4 << 10;

    private final SlideLayout layout;
    private final SlideConfig config;
    private final Credit credit;
    private final RecentRegions recent;
    private final Predicate<ByteRange> isHere;
    private final List<ByteRange> ahead = new ArrayList<>();
    private final List<ByteRange> perhaps = new ArrayList<>();

    PlannedRanges(
            SlideLayout layout, SlideConfig config, Credit credit, RecentRegions recent, Predicate<ByteRange> isHere) {
        this.layout = layout;
        this.config = config;
        this.credit = credit;
        this.recent = recent;
        this.isHere = isHere;
    }

    List<ByteRange> ahead() {
        return ahead;
    }

    List<ByteRange> perhaps() {
        return perhaps;
    }

    /** The rest of what somebody reads just now. */
    void ahead(ByteRange range) {
        add(List.of(range), ahead);
    }

    /**
     * Rows that somebody will read next, the nearest ones first.
     *
     * @return how many rows could be paid
     */
    int ahead(Region region, boolean upwards, RowSeries series) {
        SlideLevel level = layout.levels().get(region.level());
        Region inside = region.within(level.grid());
        List<ByteRange> ranges = inside.ranges(level, series.lead(), series.reach(), layout.size());
        List<ByteRange> merged = ByteRange.merged(ranges, config.mergeGapBytes(), GAP_DIVISOR);
        int rows = region.bottom() - region.top() + 1;
        int paid = add(upwards ? merged.reversed() : merged, ahead);
        if (paid == merged.size()) {
            return rows;
        }
        return merged.size() == rows ? paid : 0;
    }

    /** What somebody may look at later. */
    void perhaps(Region region) {
        SlideLevel level = layout.levels().get(region.level());
        Region inside = region.within(level.grid());
        if (!inside.isEmpty() && recent.isNew(inside)) {
            List<ByteRange> merged = ByteRange.merged(inside.ranges(level), config.mergeGapBytes(), GAP_DIVISOR);
            if (add(merged, perhaps) == merged.size()) {
                recent.add(inside);
            }
        }
    }

    /** Returns how many were here or could be paid. */
    private int add(List<ByteRange> ranges, List<ByteRange> to) {
        int paid = 0;
        for (ByteRange range : ranges) {
            if (!range.isEmpty() && !isHere.test(range)) {
                if (!credit.spend(range.alignedTo(BLOCK_BYTES, layout.size()).length())) {
                    return paid;
                }
                to.add(range);
            }
            paid++;
        }
        return paid;
    }
}
