package org.omerods.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omerods.fs.plan.Trace.KIB;
import static org.omerods.fs.plan.Trace.MIB;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of reads and what is to be fetched ahead of them. */
class ReadPlannerTest {
    private static final long SEED = 20261120;
    private static final long SIZE = 20L << 30;

    private final Trace trace = new Trace(SIZE, PrefetchConfig.DEFAULTS);

    private static List<ByteRange> mib(long from, long to) {
        return List.of(new ByteRange(from * MIB, to * MIB));
    }

    @Test
    void theWindowOfASequentialStreamDoublesAsItIsConsumed() {
        assertThat(trace.read(0, MIB).ahead()).isEmpty();
        assertThat(ByteRange.union(trace.read(MIB, MIB).ahead())).isEqualTo(mib(2, 3));
        assertThat(ByteRange.union(trace.read(2 * MIB, MIB).ahead())).isEqualTo(mib(3, 5));
        assertThat(ByteRange.union(trace.read(3 * MIB, MIB).ahead())).isEqualTo(mib(5, 8));
        assertThat(trace.read(4 * MIB, MIB).ahead()).isEmpty();
        assertThat(ByteRange.union(trace.read(5 * MIB, MIB).ahead())).isEqualTo(mib(8, 14));
    }

    @Test
    void aWindowComesInPiecesSoThatAReaderGetsTheFirstBeforeTheLast() {
        LongStream.range(0, 200).forEach(i -> trace.read(i * MIB, MIB));
        assertThat(trace.plans().subList(0, 8))
                .allSatisfy(plan -> assertThat(plan.ahead()).allMatch(range -> range.length() <= MIB));
        assertThat(trace.plans().subList(100, 200))
                .as("fewer and larger ones in a full window")
                .anySatisfy(plan -> assertThat(plan.ahead()).anyMatch(range -> range.length() == 2 * MIB));
    }

    @Test
    void aFullWindowIsFilledUpAsSoonAsAPieceOfItIsConsumed() {
        long ahead = 0;
        for (int i = 0; i < 200; i++) {
            for (ByteRange range : trace.read(i * MIB, MIB).ahead()) {
                ahead = Math.max(ahead, range.end());
            }
            if (i >= 100) {
                assertThat(ahead - (i + 1) * MIB)
                        .as("ahead of read %s", i)
                        .isGreaterThan(PrefetchConfig.DEFAULT_MAX_WINDOW_BYTES - 2 * MIB)
                        .isLessThanOrEqualTo(PrefetchConfig.DEFAULT_MAX_WINDOW_BYTES);
            }
        }
    }

    @Test
    void aFullWindowThatIsSmallerThanAPieceIsFilledUpWhenHalfOfItIsConsumed() {
        PrefetchConfig all = PrefetchConfig.DEFAULTS;
        long window = MIB / 2;
        Trace small = new Trace(
                64 * MIB,
                new PrefetchConfig(
                        all.sequentialAfterBytes(),
                        window,
                        window,
                        all.maxStrides(),
                        all.maxBytesInFlight(),
                        all.maxBytesInFlightPerObject(),
                        all.slides(),
                        all.siblings()));
        long step = window / 4;
        long ahead = 0;
        for (long at = 0; at < 8 * MIB; at += step) {
            for (ByteRange range : small.read(at, step).ahead()) {
                ahead = Math.max(ahead, range.end());
            }
            if (at >= 2 * MIB) {
                assertThat(ahead - (at + step)).as("ahead of %s", at).isGreaterThan(window / 4);
            }
        }
    }

    @Test
    void theWindowEndsAtItsMaximumAndAtTheEndOfTheObject() {
        Trace short64 = new Trace(64 * MIB, PrefetchConfig.DEFAULTS);
        LongStream.range(0, 64).forEach(i -> short64.read(i * MIB, MIB));
        assertThat(short64.plans())
                .allSatisfy(plan -> assertThat(plan.ahead()).allSatisfy(range -> {
                    assertThat(range.length()).isLessThanOrEqualTo(PrefetchConfig.DEFAULT_MAX_WINDOW_BYTES);
                    assertThat(range.end()).isLessThanOrEqualTo(64 * MIB);
                }));
        assertThat(short64.plannedBytes())
                .as("each byte behind the first two reads once")
                .isEqualTo(62 * MIB);
    }

    @Test
    void requestsOfTheKernelThatOvertakeEachOtherStayOneStream() {
        for (long i : new long[] {0, 2, 1, 3, 5, 4, 6}) {
            trace.read(i * MIB, MIB);
        }
        assertThat(trace.plans()).extracting(Plan::stream).containsOnly(0);
        assertThat(trace.plannedBytes()).isGreaterThan(4 * MIB);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void aReadOf256KibCutIntoRequestsIsNoSequentialStream(int requestKib) {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            long offset = random.nextLong(SIZE / (256 * KIB)) * 256 * KIB;
            for (long done = 0; done < 256; done += requestKib) {
                trace.read(offset + done * KIB, requestKib * KIB);
            }
        }
        assertThat(trace.plannedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {64 << 20, 1L << 30, 20L << 30})
    void randomReadsFetchAtMostATenthAhead(long size) {
        Random random = new Random(SEED);
        Trace small = new Trace(size, PrefetchConfig.DEFAULTS);
        int reads = 2_000;
        for (int i = 0; i < reads; i++) {
            small.read(random.nextLong(size - 256 * KIB), 256 * KIB);
        }
        assertThat(small.plannedBytes()).isLessThan(reads * 256L * KIB / 10);
    }

    @Test
    void threeEqualDistancesAreAStride() {
        long stride = 1_200_000;
        for (int i = 0; i < 3; i++) {
            assertThat(trace.read(i * stride, 16 * KIB).ahead()).isEmpty();
        }
        assertThat(trace.read(3 * stride, 16 * KIB).ahead())
                .containsExactly(
                        ByteRange.of(4 * stride, 16 * KIB),
                        ByteRange.of(5 * stride, 16 * KIB),
                        ByteRange.of(6 * stride, 16 * KIB));
        assertThat(trace.read(4 * stride, 16 * KIB).ahead())
                .containsExactly(ByteRange.of(7 * stride, 16 * KIB), ByteRange.of(8 * stride, 16 * KIB));
    }

    @Test
    void aTileOfSixtyFourSegmentsIsFetchedOnceAndOvershootsByAQuarter() {
        long stride = 1_200_000;
        for (int i = 0; i < 64; i++) {
            trace.read(i * stride, 16 * KIB);
        }
        assertThat(trace.plannedBytes()).isEqualTo((60 + 16) * 16 * KIB);
    }

    @Test
    void strideOfRunsIsSeenWhereTheKernelCutsReads() {
        long stride = 5_000_000;
        for (int i = 0; i < 4; i++) {
            trace.read(i * stride, 128 * KIB);
            trace.read(i * stride + 128 * KIB, 128 * KIB);
        }
        assertThat(trace.plans().get(6).ahead()).first().isEqualTo(ByteRange.of(4 * stride, 256 * KIB));
    }

    @Test
    void stridesMayVaryByAFewPercentAndGoBackwards() {
        long[] offsets = {50_000_000, 48_800_000, 47_590_000, 46_400_000, 45_190_000};
        for (long offset : offsets) {
            trace.read(offset, 64 * KIB);
        }
        assertThat(trace.plans().getLast().ahead()).isNotEmpty();
        assertThat(trace.plans().getLast().ahead())
                .allSatisfy(range -> assertThat(range.start()).isLessThan(45_190_000));
    }

    @Test
    void stridesEndAtTheEndsOfTheObject() {
        Trace backwards = new Trace(SIZE, PrefetchConfig.DEFAULTS);
        for (int i = 4; i >= 0; i--) {
            backwards.read(i * MIB * 4, 64 * KIB);
        }
        assertThat(backwards.plans().getLast().ahead()).isEmpty();
    }

    @Test
    void probesAreNotFetchedAheadOf() {
        for (int i = 0; i < 1_000; i++) {
            trace.read(i * 13_000L / 4096 * 4096, 4096);
        }
        assertThat(trace.plannedBytes()).isZero();
    }

    @Test
    void interleavedStreamsDoNotDisturbEachOther() {
        Trace alone = new Trace(SIZE, PrefetchConfig.DEFAULTS);
        Trace together = new Trace(SIZE, PrefetchConfig.DEFAULTS);
        for (int i = 0; i < 20; i++) {
            alone.read(i * MIB, MIB);
            together.read(i * MIB, MIB);
            together.read((4L << 30) + i * MIB, MIB);
            together.read((9L << 30) + i * 2_000_000L, 16 * KIB);
        }
        List<ByteRange> ofTheFirst = together.plans().stream()
                .filter(plan -> plan.stream() == 0)
                .flatMap(plan -> plan.ahead().stream())
                .toList();
        assertThat(ofTheFirst)
                .isEqualTo(alone.plans().stream()
                        .flatMap(plan -> plan.ahead().stream())
                        .toList());
        assertThat(together.plans().stream().map(Plan::stream).distinct()).hasSize(3);
    }

    @Test
    void aStreamThatNobodyContinuesIsAbandoned() {
        trace.read(0, MIB);
        trace.read(MIB, MIB);
        long gap = 64 * MIB;
        for (int i = 1; i <= ReadPlanner.MAX_STREAMS; i++) {
            trace.read(i * gap, 16 * KIB);
        }
        assertThat(trace.plans().getLast().abandoned()).containsExactly(0);
    }

    @Test
    void neverMoreStreamsThanTheBound() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            Plan plan = trace.read(random.nextLong(SIZE - MIB), MIB);
            assertThat(plan.streams().open()).hasSizeLessThanOrEqualTo(ReadPlanner.MAX_STREAMS);
        }
    }

    @Test
    void theSameTraceGivesTheSamePlans() {
        assertThat(replay(SEED)).isEqualTo(replay(SEED));
    }

    private static List<Plan> replay(long seed) {
        Random random = new Random(seed);
        Trace replayed = new Trace(SIZE, PrefetchConfig.DEFAULTS);
        long offset = 0;
        for (int i = 0; i < 1_000; i++) {
            offset = random.nextInt(3) == 0 ? random.nextLong(SIZE / 2) : offset + 64 * KIB;
            replayed.read(offset, 64 * KIB);
        }
        return replayed.plans();
    }

    @Test
    void whatIsOffPlansNothing() {
        Trace off = new Trace(SIZE, PrefetchConfig.OFF);
        for (int i = 0; i < 100; i++) {
            off.read(i * MIB, MIB);
            off.read((4L << 30) + i * 4_000_000L, 64 * KIB);
        }
        assertThat(off.plannedBytes()).isZero();
    }
}
