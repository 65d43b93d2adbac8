package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Objects that change while they are read: old bytes, new bytes, never both. */
@Timeout(120)
class IrodsChangedObjectTest extends ObjectTest {
    @Test
    void anObjectOverwrittenWhileOpenIsStaleAndNeverMixed() throws Exception {
        byte[] old = bytes(1 << 20, 12);
        byte[] fresh = bytes((1 << 20) + 7, 13);
        DataObject before = put("changing", old);
        try (ObjectReader reader = storage.open(before)) {
            assertThat(read(reader, 0, 1000)).isEqualTo(ByteBuffer.wrap(old, 0, 1000));
            DataObject after = put("changing", fresh);
            assertThat(after.version()).isNotEqualTo(before.version());
            // The open descriptor sees the new bytes in place: only the version check after a read tells.
            assertThat(catchThrowableOfType(StorageException.class, reader::verifyVersion)
                            .reason())
                    .isEqualTo(Reason.STALE);
            // A connection made afterwards finds out when it opens.
            zone.faults().killAgents();
            assertThat(catchThrowableOfType(StorageException.class, () -> read(reader, 0, 1000))
                            .reason())
                    .isEqualTo(Reason.STALE);
            try (ObjectReader now = storage.open(after)) {
                assertThat(read(now, 0, fresh.length)).isEqualTo(ByteBuffer.wrap(fresh));
                now.verifyVersion();
            }
        }
    }

    @Test
    void anObjectRenamedWhileOpenIsReadOn() throws Exception {
        byte[] bytes = bytes(100_000, 19);
        DataObject object = put("old name", bytes);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(read(reader, 0, 10)).isEqualTo(ByteBuffer.wrap(bytes, 0, 10));
            storage.rename(object.path(), home.child("new name"));
            reader.verifyVersion();
            zone.faults().killAgents(); // the open descriptor would not have noticed
            assertThat(read(reader, 50_000, 1000)).isEqualTo(ByteBuffer.wrap(bytes, 50_000, 1000));
        }
    }

    @Test
    void anObjectRemovedWhileOpenIsStaleOnceItMustBeOpenedAgain() throws Exception {
        DataObject object = put("removed", bytes(1000, 20));
        try (ObjectReader reader = storage.open(object)) {
            read(reader, 0, 10);
            storage.deleteObject(object.path());
            zone.faults().killAgents();
            assertThat(catchThrowableOfType(StorageException.class, () -> read(reader, 0, 10))
                            .reason())
                    .isEqualTo(Reason.STALE);
        }
    }

    @Test
    void anObjectThatShrankWhileOpenIsStale() throws Exception {
        DataObject before = put("shrinking", bytes(100_000, 14));
        try (ObjectReader reader = storage.open(before)) {
            read(reader, 0, 1000);
            put("shrinking", bytes(50_000, 15));
            assertThat(catchThrowableOfType(StorageException.class, () -> read(reader, 90_000, 1000))
                            .reason())
                    .isEqualTo(Reason.STALE);
        }
    }

    /** Version k of an object holds k in every byte; whatever passes the check after the read holds one k only. */
    @Test
    void whatPassesTheVersionCheckIsNeverMixed() throws Exception {
        int length = 512 << 10;
        StoragePath path = put("versions", new byte[length]).path();
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger checked = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    while (writing.get()) {
                        (readsOneVersion(path, length) ? checked : refused).incrementAndGet();
                    }
                    return null;
                }));
            }
            for (int version = 1; version <= 40 || checked.get() == 0 || refused.get() == 0; version++) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) version);
                put("versions", bytes);
            }
            writing.set(false);
            for (Future<Void> reader : readers) {
                reader.get();
            }
        }
        assertThat(checked).hasPositiveValue();
        assertThat(refused).hasPositiveValue();
    }

    private boolean readsOneVersion(StoragePath path, int length) throws StorageException {
        ByteBuffer bytes;
        try (ObjectReader reader = storage.open((DataObject) storage.stat(path))) {
            bytes = read(reader, 0, length);
            reader.verifyVersion();
        } catch (StorageException e) {
            assertThat(e.reason())
                    .isIn(Reason.STALE, Reason.LOCKED, Reason.NO_GOOD_REPLICA, Reason.NOT_FOUND, Reason.INVALID);
            return false;
        }
        byte version = bytes.get(0);
        byte[] same = new byte[length];
        Arrays.fill(same, version);
        assertThat(bytes).isEqualTo(ByteBuffer.wrap(same));
        return true;
    }
}
