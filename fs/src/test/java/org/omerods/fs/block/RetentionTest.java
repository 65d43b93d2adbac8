package org.omerods.fs.block;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.omerods.fs.plan.ByteRange;

/** Which extents stay: compared with "longest unused goes first" on the same simulated reads. */
class RetentionTest {
    private static final int EXTENT = 4 << 20;
    private static final int CAPACITY = 512;

    /** An owner without a file. */
    private static final class Owner implements Evictable {
        @Override
        public String name() {
            return "1-simulated";
        }

        @Override
        public long beginEviction(Extent extent) {
            if (extent.pins > 0) {
                return IN_USE;
            }
            long bytes = extent.presentBytes;
            extent.presentBytes = 0;
            return bytes;
        }

        @Override
        public void endEviction(Extent extent) {}
    }

    /** Hits of a cache of extents. */
    private static final class Simulated {
        private final ReadCounters counters = new ReadCounters();
        private final Budget budget = new Budget((long) CAPACITY * EXTENT, counters);
        private final Map<Integer, Extent> extents = new HashMap<>();
        private final Owner owner = new Owner();
        private long hits;

        void read(int number, int reads) {
            Extent extent = extents.get(number);
            if (extent != null && extent.presentBytes > 0) {
                hits++;
            } else {
                assertThat(budget.reserve(EXTENT)).isTrue();
                extent = new Extent(owner, ByteRange.of((long) number * EXTENT, EXTENT));
                extent.presentBytes = EXTENT;
                extents.put(number, extent);
                budget.grown(List.of(extent));
            }
            for (int i = 0; i < reads; i++) {
                budget.touch(List.of(extent));
            }
            if (budget.wantsTrim()) {
                budget.trim();
            }
            assertThat(budget.usedBytes()).isLessThanOrEqualTo((long) CAPACITY * EXTENT);
        }

        boolean has(int number) {
            Extent extent = extents.get(number);
            return extent != null && extent.presentBytes > 0;
        }
    }

    private static final class LongestUnused extends LinkedHashMap<Integer, Boolean> {
        private static final long serialVersionUID = 1L;
        private long hits;

        LongestUnused() {
            super(16, 0.75f, true);
        }

        void read(int number) {
            hits += put(number, true) != null ? 1 : 0;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > CAPACITY;
        }
    }

    /** Numbers 0 to {@code count}, small ones often (exponent 0.9), shuffled over the object. */
    private static final class Zipf {
        private final double[] cumulated;
        private final Random random;

        Zipf(int count, Random random) {
            this.random = random;
            this.cumulated = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += 1 / Math.pow(i + 1, 0.9);
                cumulated[i] = sum;
            }
        }

        int next() {
            double wanted = random.nextDouble() * cumulated[cumulated.length - 1];
            int found = Arrays.binarySearch(cumulated, wanted);
            return found < 0 ? -found - 1 : found;
        }
    }

    @Test
    void aScanOfAnObjectLargerThanTheCacheLeavesWhatIsLookedAtOften() {
        Simulated cache = new Simulated();
        for (int round = 0; round < 5; round++) {
            for (int hot = 0; hot < 200; hot++) {
                cache.read(hot, 3);
            }
            for (int other = 0; other < 100; other++) {
                cache.read(100_000 + round * 100 + other, 1);
            }
        }
        for (int scanned = 1000; scanned < 6000; scanned++) {
            cache.read(scanned, 32);
        }
        int left = 0;
        for (int hot = 0; hot < 200; hot++) {
            left += cache.has(hot) ? 1 : 0;
        }
        assertThat(left).isGreaterThanOrEqualTo(195);
    }

    @Test
    void browsingBetweenScansHitsMoreOftenThanWithLongestUnusedFirst() {
        Random random = new Random(20261125);
        Zipf zipf = new Zipf(5000, random);
        Simulated cache = new Simulated();
        LongestUnused other = new LongestUnused();
        IntConsumer both = number -> {
            cache.read(number, 2);
            other.read(number);
        };
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 3000; i++) {
                both.accept(zipf.next());
            }
            for (int scanned = 0; scanned < 1000; scanned++) {
                both.accept(100_000 + round * 1000 + scanned);
            }
        }
        double reads = 20 * 3000;
        System.out.printf("hit rate: %.3f, longest unused first: %.3f%n", cache.hits / reads, other.hits / reads);
        assertThat(cache.hits).isGreaterThan((long) (other.hits * 1.1));
    }

    @Test
    void browsingAloneHitsAsOftenAsWithLongestUnusedFirst() {
        Zipf zipf = new Zipf(5000, new Random(7));
        Simulated cache = new Simulated();
        LongestUnused other = new LongestUnused();
        for (int i = 0; i < 60_000; i++) {
            int number = zipf.next();
            cache.read(number, 1);
            other.read(number);
        }
        System.out.printf("hits: %d, longest unused first: %d%n", cache.hits, other.hits);
        assertThat(cache.hits).isGreaterThan(other.hits);
    }

    @Test
    void whatWasFetchedAheadIsStillThereWhenTheCacheIsFullOfWhatIsHot() {
        Simulated cache = new Simulated();
        for (int round = 0; round < 10; round++) {
            for (int hot = 0; hot < CAPACITY; hot++) {
                cache.read(hot, 1);
            }
        }
        int window = 16;
        for (int scanned = 1000; scanned < 2000; scanned += window) {
            for (int ahead = 0; ahead < window; ahead++) {
                cache.read(scanned + ahead, 0);
            }
            for (int ahead = 0; ahead < window; ahead++) {
                assertThat(cache.has(scanned + ahead)).isTrue();
            }
        }
    }

    @Test
    void whatIsInUseIsNotEvictedAndGoesLater() {
        Simulated cache = new Simulated();
        List<Extent> pinned = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            cache.read(number, 1);
            Extent extent = requireNonNull(cache.extents.get(number));
            extent.pins = 1;
            pinned.add(extent);
        }
        for (int number = 1000; number < 3000; number++) {
            cache.read(number, 1);
        }
        assertThat(pinned).allMatch(extent -> extent.presentBytes > 0);
        pinned.forEach(extent -> extent.pins = 0);
        assertThat(cache.budget.evictTo(0)).isTrue();
        assertThat(pinned).allMatch(extent -> extent.presentBytes == 0);
    }
}
