package org.omerods.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.omerods.fs.plan.layout.MadeSlides;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;
import org.omerods.fs.plan.replay.ReadTrace;
import org.omerods.fs.plan.replay.Replay;
import org.omerods.slides.SlideFormat;

/** What is fetched ahead of programs that look at slides of known layout. Counts and bytes, no times. */
class SlidePlannerTest {
    private static final long SEED = 20261125;
    private static final int PAGE = 4096;

    /** Rows of restart intervals in a tile of 512 pixels. */
    private static final int ROWS = 64;

    private static SlideLayout large() {
        return MadeSlides.large();
    }

    private static SlideLevel base(SlideLayout layout) {
        return layout.levels().stream()
                .max((a, b) -> Long.compare(a.grid().width(), b.grid().width()))
                .orElseThrow();
    }

    /** A segment as a program asks for it through the page cache: whole pages. */
    private static ByteRange segment(SlideLevel level, int row, int column) {
        return level.segment(row * level.grid().columns() + column).alignedTo(PAGE, Long.MAX_VALUE);
    }

    private static List<ByteRange> tile(SlideLevel level, int top, int column, boolean upwards) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> segment(level, upwards ? top + ROWS - 1 - i : top + i, column))
                .toList();
    }

    private static Replay replay(List<ByteRange> reads, SlideLayout layout) {
        return Replay.of(new ReadTrace(reads), layout, PrefetchConfig.DEFAULTS, 0);
    }

    @Test
    void aTileOfAnNdpiIsOneWaitWhicheverWayItIsRead() {
        SlideLayout layout = large();
        for (boolean upwards : new boolean[] {false, true}) {
            Replay replay = replay(tile(base(layout), 3200, 40, upwards), layout);
            assertThat(replay.misses()).as("upwards: " + upwards).isEqualTo(1);
            assertThat(replay.amplification()).as("with its neighbour").isLessThan(4.2);
        }
    }

    @Test
    void withoutALayoutTheSameTileHasMoreWaits() {
        SlideLayout layout = large();
        ReadTrace tile = new ReadTrace(tile(base(layout), 3200, 40, true));
        Replay without = Replay.of(tile, layout.size(), PrefetchConfig.DEFAULTS, 0);
        assertThat(without.misses()).isGreaterThan(3);
    }

    @Test
    void neighboursInTheRowAreHereBeforeTheyAreAskedFor() {
        SlideLayout layout = large();
        List<ByteRange> reads = new ArrayList<>();
        for (int column = 20; column < 40; column++) {
            reads.addAll(tile(base(layout), 3200, column, true));
        }
        Replay replay = replay(reads, layout);
        assertThat(replay.foreseen()).isGreaterThan(0.99);
        assertThat(replay.misses())
                .as("the first tile, and the one that shows the way")
                .isLessThanOrEqualTo(2);
        assertThat(replay.amplification()).isLessThan(1.5);
    }

    @Test
    void theTileToTheRightOfAFirstLookIsHereBeforeItIsAskedFor() {
        SlideLayout layout = large();
        List<ByteRange> first = new ArrayList<>();
        List<ByteRange> both = new ArrayList<>();
        for (int band = 0; band < 6; band++) {
            first.addAll(tile(base(layout), 1000 + 600 * band, 20, false));
            both.addAll(tile(base(layout), 1000 + 600 * band, 20, false));
            both.addAll(tile(base(layout), 1000 + 600 * band, 21, false));
        }
        assertThat(replay(both, layout).misses())
                .isLessThanOrEqualTo(replay(first, layout).misses());
    }

    /** The kernel, which has the pages of the tile, takes the neighbour for the next part of a stream. */
    @Test
    void theTileToTheRightIsHereAlthoughTheKernelReadsOnBehindIt() {
        SlideLayout layout = large();
        List<ByteRange> first = new ArrayList<>();
        List<ByteRange> both = new ArrayList<>();
        for (int band = 0; band < 4; band++) {
            List<ByteRange> tile = tile(base(layout), 1000 + 600 * band, 20, false);
            first.addAll(tile);
            both.addAll(tile);
            List<ByteRange> right = tile(base(layout), 1000 + 600 * band, 21, false);
            for (int row = 0; row < ROWS; row++) {
                long here = tile.get(row).end();
                both.add(
                        new ByteRange(here, right.get(row).end() + tile.get(row).length()));
            }
        }
        assertThat(replay(both, layout).misses())
                .isLessThanOrEqualTo(replay(first, layout).misses() + 1);
    }

    /** Empty glass: a page holds several segments, and a read says not at once which of them is meant. */
    @Test
    void aTileOfSmallSegmentsIsForeseen() throws IOException {
        SlideLayout layout = MadeSlides.layout(SlideFormat.NDPI);
        SlideLevel base = base(layout);
        assertThat(base.segment(base.grid().columns() * 10).length()).isLessThan(PAGE);
        for (int column = 0; column < base.grid().columns(); column++) {
            Replay replay = replay(tile(base, 64, column, false), layout);
            assertThat(replay.misses()).as("column " + column).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void whoTakesSamplesOfTilesPaysForFewNeighbours() {
        SlideLayout layout = large();
        SlideLevel base = base(layout);
        Random random = new Random(SEED);
        List<ByteRange> reads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            reads.addAll(tile(base, 100 + i * 80, random.nextInt(base.grid().columns()), false));
        }
        Replay replay = replay(reads, layout);
        assertThat(replay.amplification()).as("seed " + SEED).isLessThan(1.2);
    }

    @Test
    void readsOfOneMebibyteInEachRowAreSoonForeseen() {
        SlideLayout layout = large();
        List<ByteRange> reads = tile(base(layout), 3200, 2, false).stream()
                .map(segment -> ByteRange.of(segment.start(), 1 << 20))
                .toList();
        Replay replay = replay(reads, layout);
        assertThat(replay.misses()).isLessThanOrEqualTo(6);
        assertThat(replay.amplification()).isLessThan(2);
    }

    @Test
    void whoReadsSeveralRowsAtOnceGoesOnBelow() throws IOException {
        SlideLayout layout = MadeSlides.layout(SlideFormat.NDPI);
        SlideLevel base = base(layout);
        ByteRange read = new ByteRange(
                segment(base, ROWS, 1).start(), segment(base, ROWS + 4, 1).end());
        Plan plan = new SlidePlanner(layout, Streams.NONE, PrefetchConfig.DEFAULTS).plan(read, List::of);
        assertThat(plan.ahead()).isNotEmpty().allMatch(range -> range.start() >= read.start());
    }

    @Test
    void ofRowsThatLieOneBehindTheOtherAsManyAreFetchedAsCanBePaid() {
        SlideLayout layout = large();
        PrefetchConfig all = PrefetchConfig.DEFAULTS;
        PrefetchConfig poor = new PrefetchConfig(
                all.sequentialAfterBytes(),
                all.initialWindowBytes(),
                all.maxWindowBytes(),
                all.maxStrides(),
                all.maxBytesInFlight(),
                all.maxBytesInFlightPerObject(),
                new SlideConfig(true, 1 << 20, 3 << 20),
                all.siblings());
        ByteRange read = ByteRange.of(segment(base(layout), 3200, 2).start(), 1 << 20);
        Plan plan = new SlidePlanner(layout, Streams.NONE, poor).plan(read, List::of);
        long bytes = plan.ahead().stream().mapToLong(ByteRange::length).sum();
        assertThat(bytes).isBetween(2L << 20, (3L << 20) + read.length());
    }

    /** What the kernel makes of reads of 1 MiB in each row: it has what overlaps. */
    @Test
    void aTileThatIsReadWithoutGapsIsNotReadFarBehindItsEnd() {
        SlideLayout layout = large();
        SlideLevel base = base(layout);
        int columns = base.grid().columns();
        List<ByteRange> rows = IntStream.range(3200, 3200 + ROWS + 1)
                .mapToObj(row -> new ByteRange(
                        base.segment(row * columns + 2).start(),
                        base.segment((row + 1) * columns + 2).start()))
                .toList();
        Replay tile = replay(rows, layout);
        assertThat(tile.foreseen()).isGreaterThan(0.9);
        assertThat(tile.amplification()).isLessThan(1.1);
    }

    @Test
    void probesOfMarkersAreNotAmplified() {
        SlideLayout layout = large();
        SlideLevel base = base(layout);
        List<ByteRange> reads = IntStream.range(100_000, 110_000)
                .mapToObj(i -> ByteRange.of((base.segment(i).start() - 2) / PAGE * PAGE, PAGE))
                .toList();
        Replay replay = replay(reads, layout);
        assertThat(replay.fetchedBytes()).isEqualTo(replay.askedBytes());
    }

    @Test
    void aFullScanPlansNoTiles() {
        SlideLayout layout = large();
        SlidePlanner planner = new SlidePlanner(layout, Streams.NONE, PrefetchConfig.DEFAULTS);
        long step = 1 << 20;
        for (long at = 0; at < 200 * step; at += step) {
            ByteRange read = ByteRange.of(at, step);
            Plan plan = planner.plan(read, List::of);
            assertThat(plan.perhaps()).isEmpty();
            long behind = at;
            assertThat(plan.ahead())
                    .allSatisfy(range -> assertThat(range.end() - behind)
                            .isLessThanOrEqualTo(PrefetchConfig.DEFAULT_MAX_WINDOW_BYTES + step));
        }
    }

    @Test
    void whoeverSamplesTilesAtRandomPaysABoundedPrice() {
        SlideLayout layout = large();
        SlideLevel base = base(layout);
        Random random = new Random(SEED);
        List<ByteRange> reads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = random.nextInt(base.grid().segments());
            reads.add(base.segment(number).alignedTo(PAGE, layout.size()));
        }
        Replay replay = replay(reads, layout);
        assertThat(replay.fetchedBytes())
                .as("seed " + SEED)
                .isLessThanOrEqualTo(2 * replay.askedBytes() + SlideConfig.DEFAULT_FREE_BYTES + 500 * PAGE);
    }

    @Test
    void theRestOfATileAndWhatLiesInTheWayOfTheViewerAreFetched() throws IOException {
        SlideLayout layout = MadeSlides.layout(SlideFormat.SVS);
        SlideLevel base = base(layout);
        SlidePlanner planner = new SlidePlanner(layout, Streams.NONE, PrefetchConfig.DEFAULTS);
        ByteRange first = base.segment(2 * base.grid().columns() + 2);
        Plan rest = planner.plan(ByteRange.of(first.start(), 16 << 10), List::of);
        assertThat(rest.ahead()).containsExactly(new ByteRange(first.start() + (16 << 10), first.end()));
        assertThat(rest.perhaps()).as("nobody knows where it goes").isEmpty();
        Plan next = planner.plan(base.segment(2 * base.grid().columns() + 3), List::of);
        assertThat(next.perhaps()).contains(base.segment(2 * base.grid().columns() + 4));
    }

    @Test
    void whoZoomsInFindsWhatIsBesideAndAhead() throws IOException {
        SlideLayout layout = MadeSlides.layout(SlideFormat.OME_TIFF);
        assertThat(layout.levels()).hasSize(3);
        List<SlideLevel> bySize = layout.levels().stream()
                .sorted((a, b) -> Long.compare(a.grid().width(), b.grid().width()))
                .toList();
        SlidePlanner planner = new SlidePlanner(layout, Streams.NONE, PrefetchConfig.DEFAULTS);
        planner.plan(bySize.get(0).segment(0), List::of);
        Plan zoomed = planner.plan(bySize.get(1).segment(0), List::of);
        assertThat(zoomed.perhaps())
                .as("what is beside it")
                .anySatisfy(range ->
                        assertThat(bySize.get(1).segment(1).isWithin(range)).isTrue());
        Plan moved = planner.plan(bySize.get(1).segment(2), List::of);
        assertThat(moved.perhaps())
                .as("what lies ahead")
                .anySatisfy(range ->
                        assertThat(bySize.get(1).segment(3).isWithin(range)).isTrue());
    }

    @Test
    void sixtyFourViewersDoNotDisturbEachOther() {
        SlideLayout layout = large();
        SlideLevel base = base(layout);
        List<List<ByteRange>> viewers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            viewers.add(tile(base, i / 8 * 1500 + 100, i % 8 * 11 + 1, true));
        }
        List<ByteRange> reads = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            for (List<ByteRange> viewer : viewers) {
                reads.add(viewer.get(row));
            }
        }
        Replay replay = replay(reads, layout);
        assertThat(replay.misses()).as("each waits for little").isLessThanOrEqualTo(64 * 4);
        assertThat(replay.amplification()).isLessThan(1.5);
    }

    @Test
    void theSameReadsGiveTheSamePlans() {
        assertThat(plans(SEED)).isEqualTo(plans(SEED));
    }

    private static List<Plan> plans(long seed) {
        SlideLayout layout = large();
        SlidePlanner planner = new SlidePlanner(layout, Streams.NONE, PrefetchConfig.DEFAULTS);
        Random random = new Random(seed);
        List<Plan> plans = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < 1_000; i++) {
            offset = random.nextInt(3) == 0 ? random.nextLong(layout.size() / 2) : offset + 16_384;
            plans.add(planner.plan(ByteRange.of(offset, 16_384), List::of));
        }
        return plans;
    }

    /** The requests that the kernel made for OpenSlide (DeepZoom tiles of 510 pixels in the rows of a viewport). */
    @Test
    void aRecordedViewerOfAnNdpiSlideMostlyFindsItsBytesHere() throws IOException {
        SlideLayout layout = MadeSlides.layout(SlideFormat.NDPI);
        ReadTrace trace = ReadTrace.parse(MadeSlides.resource("openslide-ndpi.trace"));
        Replay with = Replay.of(trace, layout, PrefetchConfig.DEFAULTS, 4);
        Replay off = Replay.of(trace, layout, PrefetchConfig.OFF, 4);
        assertThat(with.misses()).isLessThan(off.misses() / 2);
        assertThat(with.amplification()).isLessThan(2);
    }

    @Test
    void aTraceIsTextAndSaysWhichLineIsWrong() {
        ReadTrace trace = ReadTrace.parse("# a comment\n\n0 4096\n8192 100\n");
        assertThat(trace.reads()).containsExactly(ByteRange.of(0, 4096), ByteRange.of(8192, 100));
        assertThat(ReadTrace.parse(trace.toText())).isEqualTo(trace);
        assertThatThrownBy(() -> ReadTrace.parse("0 4096\nnonsense\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }
}
