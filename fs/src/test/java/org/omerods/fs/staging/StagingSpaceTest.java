package org.omerods.fs.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

class StagingSpaceTest {
    private static final StoragePath PATH = new StoragePath("/a");
    private static final Duration LONG = Duration.ofMinutes(1);

    /** An upload has ended, and its file is closed a moment later. */
    @Test
    void roomThatComesBackAMomentAfterTheLastUploadIsWaitedFor() throws Exception {
        AtomicReference<StagingSpace> space = new AtomicReference<>();
        AtomicInteger looks = new AtomicInteger();
        space.set(new StagingSpace(10, LONG, () -> {
            if (looks.incrementAndGet() == 2) {
                space.get().release(10);
            }
            return false;
        }));
        assertThat(space.get().tryReserve(10)).isTrue();
        space.get().reserve(PATH, 7);
        assertThat(space.get().usedBytes()).isEqualTo(7);
    }

    @Test
    void whereNothingWillFreeRoomTheWriterIsRefusedSoon() {
        StagingSpace space = new StagingSpace(10, LONG, () -> false);
        assertThat(space.tryReserve(10)).isTrue();
        long start = System.nanoTime();
        assertThatThrownBy(() -> space.reserve(PATH, 1))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        assertThat(space.usedBytes()).isEqualTo(10);
    }

    @Test
    void whileThereIsHopeItWaitsUntilItsTimeIsOver() {
        StagingSpace space = new StagingSpace(10, Duration.ofMillis(900), () -> true);
        assertThat(space.tryReserve(10)).isTrue();
        long start = System.nanoTime();
        assertThatThrownBy(() -> space.reserve(PATH, 1)).isInstanceOf(StorageException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(899));
    }
}
