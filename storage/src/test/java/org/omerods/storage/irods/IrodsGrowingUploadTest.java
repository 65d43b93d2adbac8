package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Objects that are sent while their content grows. */
class IrodsGrowingUploadTest extends ZoneTest {
    private static final int SIZE = 9_000_000;

    private StoragePath path;

    @BeforeEach
    void makeName() {
        path = home.child("growing");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void nothingIsGoodBeforeTheEndAndThenAllOfIt() throws Exception {
        byte[] bytes = bytes();
        DataObject now;
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            upload.send(0, 1000, Content.of(new byte[1000]));
            upload.send(1000, SIZE - 1000, Content.of(bytes));
            assertThat(((DataObject) storage.stat(path)).state()).isEqualTo(ReplicaState.INTERMEDIATE);
            upload.send(0, 1000, Content.of(bytes));
            now = upload.finish(Content.of(bytes));
        }
        assertThat(now.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(now.version().checksum()).startsWith("sha2:");
        assertThat(now).isEqualTo(storage.stat(path));
        ByteBuffer read = ByteBuffer.allocate(SIZE);
        try (ObjectReader reader = storage.open(now)) {
            reader.read(0, read, ObjectReader.Priority.DEMAND);
        }
        assertThat(read.array()).isEqualTo(bytes);
    }

    @Test
    void whatIsGivenUpIsGone() throws Exception {
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            upload.send(0, SIZE, Content.of(bytes()));
        }
        await().untilAsserted(() -> assertThat(storage.list(home).entries()).isEmpty());
    }

    @Test
    void otherBytesThanWereSentAreNeverGood() throws Exception {
        byte[] bytes = bytes();
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            upload.send(0, SIZE, Content.of(bytes));
            bytes[SIZE / 2]++;
            StorageException e = catchThrowableOfType(StorageException.class, () -> upload.finish(Content.of(bytes)));
            assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        }
        await().untilAsserted(() ->
                assertThat(((DataObject) storage.stat(path)).state()).isEqualTo(ReplicaState.STALE));
        DataObject now = storage.put(path, WriteMode.CREATE, Content.of(bytes));
        assertThat(now.state()).isEqualTo(ReplicaState.GOOD);
    }

    @Test
    void anObjectWithoutBytesGrows() throws Exception {
        DataObject empty = storage.put(path, WriteMode.CREATE, Content.of(new byte[0]));
        byte[] bytes = bytes();
        DataObject now;
        try (GrowingUpload upload =
                storage.grow(path, Optional.of(empty.version())).orElseThrow()) {
            upload.send(0, SIZE, Content.of(bytes));
            now = upload.finish(Content.of(bytes));
        }
        assertThat(now.id()).isEqualTo(empty.id());
        assertThat(now.size()).isEqualTo(SIZE);
        StorageException e =
                catchThrowableOfType(StorageException.class, () -> storage.grow(path, Optional.of(empty.version())));
        assertThat(e.reason()).isEqualTo(Reason.STALE);
        assertThat(storage.stat(path)).isEqualTo(now);
    }

    @Test
    void whatGrewAndWasGivenUpIsNotGoodAndCanBeOverwrittenAtOnce() throws Exception {
        DataObject empty = storage.put(path, WriteMode.CREATE, Content.of(new byte[0]));
        byte[] bytes = bytes();
        try (GrowingUpload upload =
                storage.grow(path, Optional.of(empty.version())).orElseThrow()) {
            upload.send(0, SIZE, Content.of(bytes));
        }
        assertThat(((DataObject) storage.stat(path)).state()).isEqualTo(ReplicaState.STALE);
        DataObject now = storage.overwrite(path, empty.version(), Content.of(bytes));
        assertThat(now.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(now.size()).isEqualTo(SIZE);
    }

    @Test
    void aNameThatIsTakenIsNotTouched() throws Exception {
        DataObject present = storage.put(path, WriteMode.CREATE, Content.of(new byte[10]));
        StorageException e = catchThrowableOfType(StorageException.class, () -> storage.grow(path, Optional.empty()));
        assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(storage.stat(path)).isEqualTo(present);
    }

    @Test
    void theLastConnectionForWritingIsNotSpared() throws Exception {
        try (GrowingUpload first = storage.grow(path, Optional.empty()).orElseThrow()) {
            first.send(0, 1, Content.of(new byte[1]));
            assertThat(storage.grow(home.child("second"), Optional.empty())).isEmpty();
            storage.put(home.child("other"), WriteMode.CREATE, Content.of(bytes()));
        }
        try (GrowingUpload second =
                storage.grow(home.child("second"), Optional.empty()).orElseThrow()) {
            second.send(0, 1, Content.of(new byte[1]));
        }
        try (IrodsStorage narrow =
                IrodsStorage.connect(config().maxConnections(4).build())) {
            assertThat(narrow.grow(path, Optional.empty())).isEmpty();
        }
    }
}
