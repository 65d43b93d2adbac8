package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;

/**
 * Collects what is planned for one read: each region once, joined over small gaps, without what is here already, as far as
 * the credit goes.
 */
final class PlannedRanges {
    /** A joined range has at most one byte of gaps for four that are wanted. */
    private static final int GAP_DIVISOR = 4;

    private static final int NEIGHBOUR_WIDTHS = 2;

    /** Of rows that lie one behind the other: so that what can be paid of them is fetched, and over several connections. */
    private static final long MAX_PIECE_BYTES = 1 << 20;

    /** What is fetched at least. */
    static final int BLOCK_BYTES = 4 << 10;

    private final SlideLayout layout;
    private final SlideConfig config;
    private final Credit credit;
    private final RecentRegions recent;
    private final MissingParts missing;
    private final List<ByteRange> ahead = new ArrayList<>();
    private final List<ByteRange> perhaps = new ArrayList<>();

    PlannedRanges(SlideLayout layout, SlideConfig config, Credit credit, RecentRegions recent, MissingParts missing) {
        this.layout = layout;
        this.config = config;
        this.credit = credit;
        this.recent = recent;
        this.missing = missing;
    }

    List<ByteRange> ahead() {
        return ahead;
    }

    List<ByteRange> perhaps() {
        return perhaps;
    }

    /** The rest of what somebody reads just now. */
    void ahead(ByteRange range) {
        add(List.of(range), ahead, credit::spend);
    }

    /**
     * Rows that somebody will read next, the nearest ones first.
     *
     * @return how many rows could be paid
     */
    int ahead(Region region, boolean upwards, RowSeries series) {
        return ahead(region, upwards, series.lead(), series.reach(), credit::spend);
    }

    /**
     * The same with what lies to the right, in the same requests. That is twice as wide as what is read, and three pages: the
     * kernel, which finds the pages before it in its cache, takes the neighbour for the next part of a stream, and reads as
     * much once more.
     */
    int aheadWithNeighbour(Region region, boolean upwards, RowSeries series) {
        int right = region.right() + NEIGHBOUR_WIDTHS * series.width();
        Region both = new Region(region.level(), region.top(), region.bottom(), region.left(), right);
        long reach = Math.max(series.reach(), 3 * BLOCK_BYTES);
        return ahead(both, upwards, series.lead(), reach, credit::spendOnGuess);
    }

    private int ahead(Region region, boolean upwards, long lead, long reach, LongPredicate payment) {
        SlideLevel level = layout.levels().get(region.level());
        Region inside = region.within(level.grid());
        List<ByteRange> ranges = inside.ranges(level, lead, reach, layout.size());
        List<ByteRange> merged = ByteRange.merged(ranges, config.mergeGapBytes(), GAP_DIVISOR);
        List<ByteRange> pieces = merged.stream()
                .flatMap(range -> range.cutAt(MAX_PIECE_BYTES).stream())
                .toList();
        int rows = region.bottom() - region.top() + 1;
        int paid = add(upwards ? pieces.reversed() : pieces, ahead, payment);
        if (paid == pieces.size()) {
            return rows;
        }
        return merged.size() == rows && pieces.size() == rows ? paid : 0;
    }

    /** What somebody may look at later. */
    void perhaps(Region region) {
        SlideLevel level = layout.levels().get(region.level());
        Region inside = region.within(level.grid());
        if (!inside.isEmpty() && recent.isNew(inside)) {
            List<ByteRange> merged = ByteRange.merged(inside.ranges(level), config.mergeGapBytes(), GAP_DIVISOR);
            if (add(merged, perhaps, credit::spendOnGuess) == merged.size()) {
                recent.add(inside);
            }
        }
    }

    /** Returns how many were here or could be paid. Only what is missing of them is paid and fetched. */
    private int add(List<ByteRange> ranges, List<ByteRange> to, LongPredicate payment) {
        int paid = 0;
        for (ByteRange range : ranges) {
            List<ByteRange> parts = range.isEmpty() ? List.of() : missing.of(range);
            if (!parts.isEmpty()) {
                if (!payment.test(parts.stream().mapToLong(ByteRange::length).sum())) {
                    return paid;
                }
                to.add(new ByteRange(parts.getFirst().start(), parts.getLast().end()));
            }
            paid++;
        }
        return paid;
    }
}
