package org.omerods.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;
import org.omerods.storage.testing.FaultyStorage;

final class RetryingStorageTest {
    private static final StoragePath PATH = StoragePath.of("/a");

    private final MemoryStorage memory = new MemoryStorage();
    private final FaultyStorage faulty = new FaultyStorage(memory);
    private final List<Duration> pauses = new ArrayList<>();
    private long now;
    private final RetryingStorage storage = new RetryingStorage(
            faulty,
            new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1)),
            new RetryingStorage.Pauses() {
                @Override
                public void pause(Duration duration) {
                    pauses.add(duration);
                    now += duration.toNanos();
                }

                @Override
                public long nanoTime() {
                    return now;
                }
            },
            () -> 0.0);

    @BeforeEach
    void putObject() throws StorageException {
        try (var writer = memory.write(PATH, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            writer.commit();
        }
    }

    @Test
    void aCallThatFailsOnTheWayIsRepeatedWithGrowingPauses() throws StorageException {
        faulty.failNext("stat", 3, Reason.UNAVAILABLE);
        assertThat(storage.stat(PATH).path()).isEqualTo(PATH);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void theLastFailureIsTold() {
        faulty.failNext("stat", 4, Reason.TIMEOUT);
        assertThatThrownBy(() -> storage.stat(PATH)).hasMessageContaining("stat /a");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void whatWillNotGetBetterIsNotRepeated() {
        faulty.failNext("stat", 1, Reason.ACCESS_DENIED);
        assertThatThrownBy(() -> storage.stat(PATH)).isInstanceOf(StorageException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void noTryStartsAfterTheDeadline() {
        now = 0;
        RetryingStorage impatient = new RetryingStorage(
                faulty,
                new RetryPolicy(100, Duration.ofMillis(600), Duration.ofMillis(600), Duration.ofSeconds(1)),
                new RetryingStorage.Pauses() {
                    @Override
                    public void pause(Duration duration) {
                        pauses.add(duration);
                        now += duration.toNanos();
                    }

                    @Override
                    public long nanoTime() {
                        return now;
                    }
                },
                () -> 0.0);
        faulty.failNext("stat", 100, Reason.UNAVAILABLE);
        assertThatThrownBy(() -> impatient.stat(PATH)).isInstanceOf(StorageException.class);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aRepeatedReadStartsWhereTheFirstOneStarted() throws StorageException {
        faulty.failNext("read", 2, Reason.UNAVAILABLE);
        try (ObjectReader reader = storage.open((DataObject) storage.stat(PATH))) {
            ByteBuffer target = ByteBuffer.allocate(5).position(1).limit(4);
            reader.read(0, target, Priority.DEMAND);
            assertThat(target.array()).containsExactly(0, 1, 2, 3, 0);
        }
    }

    @Test
    void anInterruptBetweenTriesEndsThem() {
        faulty.failNext("stat", 1, Reason.UNAVAILABLE);
        RetryingStorage real = new RetryingStorage(faulty, RetryPolicy.DEFAULT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> real.stat(PATH)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
