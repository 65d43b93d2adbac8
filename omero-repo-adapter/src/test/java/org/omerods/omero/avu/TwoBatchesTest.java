package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two at a time, and no failure gets lost. */
class TwoBatchesTest {
    @Test
    void twoRunTogetherAndNeverMore() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (TwoBatches batches = new TwoBatches()) {
            for (int i = 0; i < 10; i++) {
                batches.submit(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    both.countDown();
                    try {
                        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new SQLException("interrupted", e);
                    }
                    running.decrementAndGet();
                });
            }
            batches.awaitAll();
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aFailureIsToldToWhoeverWaits() throws Exception {
        try (TwoBatches batches = new TwoBatches()) {
            batches.submit(() -> {
                throw new SQLException("the database is away", "08006");
            });
            assertThatThrownBy(batches::awaitAll)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"))
                    .hasMessage("the database is away");
        }
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (TwoBatches batches = new TwoBatches()) {
            batches.submit(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.countDown();
                }
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ended.getCount()).isZero();
    }
}
