package org.omerods.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

final class DecoratorsTest {
    private static final StoragePath PATH = StoragePath.of("/a");

    private final MemoryStorage memory = new MemoryStorage();

    @BeforeEach
    void putObject() throws StorageException {
        try (var writer = memory.write(PATH, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            writer.commit();
        }
    }

    @FunctionalInterface
    private interface Change {
        void run() throws StorageException;
    }

    @Test
    void aReadOnlyPlaceRefusesEveryChangeAndReads() throws StorageException {
        ReadOnlyStorage storage = new ReadOnlyStorage(memory);
        StoragePath other = StoragePath.of("/b");
        List<Change> changes = List.of(
                () -> storage.write(PATH, WriteMode.REPLACE),
                () -> storage.put(PATH, WriteMode.REPLACE, Content.of(new byte[1])),
                () -> storage.overwrite(PATH, ((DataObject) memory.stat(PATH)).version(), Content.of(new byte[1])),
                () -> storage.createLink(other, "a"),
                () -> storage.touch(PATH, Instant.EPOCH),
                () -> storage.replace(PATH, other),
                () -> storage.createCollection(other),
                () -> storage.rename(PATH, other),
                () -> storage.deleteObject(PATH),
                () -> storage.deleteCollection(StoragePath.ROOT),
                () -> storage.avus().apply(PATH, List.of(new Operation.Add(new Avu("a", "b", "")))));
        for (Change change : changes) {
            assertThat(catchThrowableOfType(StorageException.class, change::run).reason())
                    .isEqualTo(Reason.READ_ONLY);
        }
        assertThat(storage.avus().list(PATH)).isEmpty();
        assertThat(((DataObject) storage.stat(PATH)).size()).isEqualTo(3);
    }

    @Test
    void callsBytesAndFailuresAreCounted() throws StorageException {
        StorageMetrics metrics = new StorageMetrics();
        MeasuredStorage storage = new MeasuredStorage(memory, metrics);
        try (ObjectReader reader = storage.open((DataObject) storage.stat(PATH))) {
            reader.read(0, ByteBuffer.allocate(3), Priority.DEMAND);
            reader.read(1, ByteBuffer.allocate(2), Priority.PREFETCH);
            reader.verifyVersion();
        }
        assertThatThrownBy(() -> storage.stat(StoragePath.of("/none"))).isInstanceOf(StorageException.class);
        assertThat(metrics.count(StorageMetrics.Operation.STAT).calls()).isEqualTo(2);
        assertThat(metrics.count(StorageMetrics.Operation.STAT).failures()).isEqualTo(1);
        assertThat(metrics.count(StorageMetrics.Operation.READ_DEMAND).bytes()).isEqualTo(3);
        assertThat(metrics.count(StorageMetrics.Operation.READ_PREFETCH).bytes())
                .isEqualTo(2);
        assertThat(metrics.count(StorageMetrics.Operation.VERIFY).calls()).isEqualTo(1);
        assertThat(metrics.failures()).containsOnlyKeys(Reason.NOT_FOUND).containsEntry(Reason.NOT_FOUND, 1L);
    }
}
