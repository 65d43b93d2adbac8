package org.omerods.omero.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As a map of the library, number for number. */
class LongMapTest {
    private static final long SEED = 20_261_127;

    @Test
    void itRemembersWhatAnOrdinaryMapRemembers() {
        Random random = new Random(SEED);
        LongMap map = new LongMap();
        Map<Long, Long> reference = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = random.nextBoolean() ? 1L + random.nextInt(20_000) : Math.max(1, random.nextLong() >>> 1);
            long value = 1L + random.nextInt(1_000);
            map.put(key, value);
            reference.put(key, value);
        }
        assertThat(map.size()).as("seed " + SEED).isEqualTo(reference.size());
        reference.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        for (long absent = 20_001; absent < 30_000; absent++) {
            assertThat(map.get(absent)).isEqualTo(reference.getOrDefault(absent, 0L));
        }
    }

    @Test
    void nothingIsLeftAfterClear() {
        LongMap map = new LongMap();
        map.put(1, 2);
        map.put(Long.MAX_VALUE, 3);
        map.clear();
        assertThat(map.size()).isZero();
        assertThat(map.get(1)).isZero();
        assertThat(map.get(Long.MAX_VALUE)).isZero();
    }

    @Test
    void numbersThatMeanNothingAreRefused() {
        LongMap map = new LongMap();
        assertThatThrownBy(() -> map.put(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.put(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.put(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
