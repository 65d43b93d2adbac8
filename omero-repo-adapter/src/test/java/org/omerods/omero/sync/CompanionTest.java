package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompanionTest {
    private final SyncStatus status = new SyncStatus(InstantSource.system());

    private record Task(String name, Body body) implements SyncTask {
        interface Body {
            Duration pass() throws Exception;
        }

        @Override
        public Duration pass() throws Exception {
            return body.pass();
        }
    }

    @Test
    void aTaskRunsAtOnceAndAgainWhenItIsWoken() throws Exception {
        Semaphore passes = new Semaphore(0);
        Task task = new Task("t", () -> {
            passes.release();
            return Duration.ofHours(1);
        });
        try (Companion companion = Companion.start(status, List.of(task))) {
            assertThat(passes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            companion.wake("another");
            assertThat(passes.tryAcquire()).isFalse();
            companion.wake("t");
            assertThat(passes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(status.task("t").passes()).isEqualTo(2);
    }

    @Test
    void aFailedTaskIsToldAndTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        Task task = new Task("t", () -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the database is away");
            }
            assertThat(status.task("t").lastError()).contains("the database is away");
            done.countDown();
            return Duration.ofHours(1);
        });
        Companion companion = Companion.start(status, Duration.ofMillis(1), List.of(task));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        companion.close();
        assertThat(status.task("t").failures()).isEqualTo(2);
    }

    @Test
    void oneTaskThatHangsDoesNotKeepTheOthers() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        Task hangs = new Task("hangs", () -> {
            new CountDownLatch(1).await();
            return Duration.ZERO;
        });
        Task works = new Task("works", () -> {
            other.countDown();
            return Duration.ofHours(1);
        });
        Companion companion = Companion.start(status, List.of(hangs, works));
        assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        companion.close();
        assertThat(companion.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(status.task("hangs").failures()).isZero();
    }
}
