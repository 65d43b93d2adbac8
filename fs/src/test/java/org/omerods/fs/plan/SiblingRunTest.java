package org.omerods.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SiblingRunTest {
    private static final int COUNT = 10_000;
    private static final long SMALL = 10_000;

    private final SiblingRun run = new SiblingRun(new SiblingConfig(1_000_000, 4_000_000, 64));

    private List<Integer> read(int index) {
        return run.read(index, COUNT, _ -> SMALL);
    }

    @Test
    void twoFilesInOrderAreNoRunAndThreeAre() {
        assertThat(read(100)).isEmpty();
        assertThat(read(101)).isEmpty();
        assertThat(run.isRunning()).isFalse();
        assertThat(read(102)).containsExactly(103, 104, 105);
        assertThat(run.isRunning()).isTrue();
    }

    @Test
    void noMoreIsFetchedAheadThanWasRead() {
        int fetched = 0;
        for (int i = 0; i < 40; i++) {
            fetched += read(i).size();
            assertThat(fetched).as("after %s files", i + 1).isLessThanOrEqualTo(2 * (i + 1));
        }
        assertThat(fetched).as("nearly twice as many after some").isGreaterThan(70);
    }

    @Test
    void eachFileIsPlannedOnceAndNoneIsLeftOut() {
        List<Integer> planned = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            planned.addAll(read(i));
        }
        assertThat(planned).doesNotHaveDuplicates().isSorted();
        assertThat(planned).containsAll(IntStream.rangeClosed(3, 500).boxed().toList());
    }

    @Test
    void neitherMoreFilesNorMoreBytesAreAheadThanConfigured() {
        int furthest = 0;
        for (int i = 0; i < 1000; i++) {
            for (int planned : read(i)) {
                furthest = planned;
            }
        }
        assertThat(furthest).isEqualTo(999 + 64);
        SiblingRun large = new SiblingRun(new SiblingConfig(1_000_000, 4_000_000, 64));
        for (int i = 0; i < 1000; i++) {
            for (int planned : large.read(i, COUNT, _ -> 900_000)) {
                furthest = planned;
            }
        }
        assertThat(furthest).as("four of 900,000 bytes").isEqualTo(999 + 4);
    }

    @Test
    void theFilesOfSeveralThreadsAreOneRun() {
        List<Integer> planned = new ArrayList<>();
        for (int i = 0; i < 400; i += 4) {
            for (int thread : new int[] {2, 0, 3, 1}) {
                planned.addAll(read(i + thread));
            }
        }
        assertThat(planned).hasSizeGreaterThan(380);
    }

    @Test
    void filesAtRandomPlanNothing() {
        SplittableRandom random = new SplittableRandom(5);
        int planned = 0;
        for (int i = 0; i < 1000; i++) {
            planned += read(random.nextInt(COUNT)).size();
        }
        assertThat(planned).isLessThan(10);
    }

    @Test
    void theSameFilesAgainAndAgainPlanNothing() {
        for (int i = 0; i < 50; i++) {
            assertThat(read(7)).isEmpty();
            assertThat(read(8)).isEmpty();
        }
    }

    @Test
    void whatIsTooLargeOrNoFileIsLeftOutAndTheRunGoesOn() {
        IntToLongFunction sizes = i -> i % 3 == 0 ? -1 : i % 3 == 1 ? 2_000_000 : SMALL;
        List<Integer> planned = new ArrayList<>();
        for (int i = 2; i < 200; i += 3) {
            planned.addAll(run.read(i, COUNT, sizes));
        }
        assertThat(planned).isNotEmpty().allMatch(i -> i % 3 == 2);
    }

    @Test
    void theEndOfTheListingIsTheEnd() {
        for (int i = COUNT - 10; i < COUNT; i++) {
            assertThat(read(i)).allMatch(planned -> planned < COUNT);
        }
    }

    @Test
    void nothingIsPlannedWhereItIsOff() {
        SiblingRun off = new SiblingRun(SiblingConfig.OFF);
        for (int i = 0; i < 50; i++) {
            assertThat(off.read(i, COUNT, _ -> SMALL)).isEmpty();
        }
    }
}
