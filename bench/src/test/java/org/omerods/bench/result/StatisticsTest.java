package org.omerods.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
        assertThat(Statistics.median(List.of())).isNaN();
    }

    @Test
    void aPercentileIsNotExceededByItsPart() {
        long[] values = new long[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) values.length - i;
        }
        assertThat(Statistics.percentile(values, 0.5)).isEqualTo(101);
        assertThat(Statistics.percentile(values, 0.99)).isEqualTo(199);
        assertThat(Statistics.percentile(values, 1)).isEqualTo(200);
    }
}
