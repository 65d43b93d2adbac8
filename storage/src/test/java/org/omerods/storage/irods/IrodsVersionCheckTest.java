package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** The question for the version that travels behind a read. */
@Timeout(120)
class IrodsVersionCheckTest extends ObjectTest {
    private static final int READERS = 16;

    @Test
    void openReadAndCheckAreOneFlight() throws Exception {
        byte[] bytes = bytes(300_000, 30);
        DataObject object = put("one flight", bytes);
        try (ObjectReader reader = storage.open(object)) {
            reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND); // connects
            long before = queries();
            long flights = storage.counters().flights();
            ByteBuffer target = ByteBuffer.allocate(200_000);
            assertThat(reader.readAndVerify(100, target, Priority.DEMAND)).isTrue();
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bytes, 100, 200_000));
            assertThat(queries() - before).isEqualTo(1);
            assertThat(storage.counters().flights() - flights).isEqualTo(1);
        }
    }

    @Test
    void manyPartsAreOneFlightWithOneQuestion() throws Exception {
        byte[] bytes = bytes(300_000, 29);
        DataObject object = put("parts", bytes);
        try (ObjectReader reader = storage.open(object)) {
            reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.PREFETCH); // connects
            long before = queries();
            List<ObjectReader.Part> parts = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                parts.add(new ObjectReader.Part(i * 4000L + 7, ByteBuffer.allocate(1000 + i)));
            }
            assertThat(reader.readAndVerify(parts, Priority.PREFETCH)).isTrue();
            assertThat(queries() - before).isEqualTo(1);
            for (int i = 0; i < 64; i++) {
                ByteBuffer wanted = ByteBuffer.wrap(bytes, i * 4000 + 7, 1000 + i);
                assertThat(parts.get(i).target().flip()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void partsOfAnOverwrittenObjectAreStale() throws Exception {
        DataObject object = put("overwritten parts", bytes(1000, 28));
        try (ObjectReader reader = storage.open(object)) {
            reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.PREFETCH);
            put("overwritten parts", bytes(1001, 27));
            List<ObjectReader.Part> parts = List.of(
                    new ObjectReader.Part(0, ByteBuffer.allocate(10)),
                    new ObjectReader.Part(500, ByteBuffer.allocate(10)));
            StorageException failure =
                    catchThrowableOfType(StorageException.class, () -> reader.readAndVerify(parts, Priority.PREFETCH));
            assertThat(failure.reason()).isEqualTo(Reason.STALE);
        }
    }

    @Test
    void aReadOfAnOverwrittenObjectIsStaleAtOnce() throws Exception {
        DataObject object = put("overwritten", bytes(1000, 31));
        try (ObjectReader reader = storage.open(object)) {
            assertThat(reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND))
                    .isTrue();
            put("overwritten", bytes(1000, 32));
            put("overwritten", bytes(1001, 32));
            assertThat(reasonOfRead(reader)).isEqualTo(Reason.STALE);
        }
    }

    @Test
    void aReadOfARemovedObjectIsStaleAtOnce() throws Exception {
        DataObject object = put("removed", bytes(1000, 33));
        try (ObjectReader reader = storage.open(object)) {
            assertThat(reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND))
                    .isTrue();
            storage.deleteObject(object.path());
            assertThat(reasonOfRead(reader)).isEqualTo(Reason.STALE);
        }
    }

    @Test
    void nothingIsAskedForNoBytes() throws Exception {
        DataObject object = put("none", bytes(10, 34));
        try (ObjectReader reader = storage.open(object)) {
            assertThat(reader.readAndVerify(5, ByteBuffer.allocate(0), Priority.DEMAND))
                    .isFalse();
        }
    }

    @Test
    void anAnswerThatIsLostWithItsConnectionLeavesTheBytesUnverified() throws Exception {
        byte[] bytes = bytes(300_000, 35);
        DataObject object = put("lost", bytes);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND))
                    .isTrue();
            zone.faults().truncateNextReply("GEN_QUERY");
            ByteBuffer target = ByteBuffer.allocate(bytes.length);
            assertThat(reader.readAndVerify(0, target, Priority.DEMAND)).isFalse();
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bytes));
            reader.verifyVersion();
        }
    }

    @Test
    void readsThatComeInABurstShareQuestions() throws Exception {
        byte[] bytes = bytes(1 << 20, 36);
        DataObject object = put("burst", bytes);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND))
                    .isTrue();
            long before = queries();
            zone.faults().delayReads(Duration.ofMillis(3));
            burst(reader, bytes);
            long asked = queries() - before;
            // Nearer than a millisecond, so that one question at a time is under way on each connection.
            assertThat(asked).isBetween(1L, READERS - 1L);
        }
    }

    private void burst(ObjectReader reader, byte[] bytes) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> reads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int offset = i * 60_000;
                reads.add(threads.submit(() -> {
                    ByteBuffer target = ByteBuffer.allocateDirect(50_000);
                    return reader.readAndVerify(offset, target, Priority.DEMAND)
                            && target.flip().equals(ByteBuffer.wrap(bytes, offset, 50_000));
                }));
            }
            for (Future<Boolean> read : reads) {
                assertThat(read.get()).isTrue();
            }
        }
    }

    /** Version k of an object holds k in every byte; a read that says it is verified holds one k only. */
    @Test
    void whatComesVerifiedIsNeverMixed() throws Exception {
        int length = 3 << 20; // several pieces, over several connections
        StoragePath path = put("versions", new byte[length]).path();
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger verified = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> readers = new ArrayList<>();
            for (Priority priority : List.of(Priority.DEMAND, Priority.PREFETCH, Priority.DEMAND)) {
                readers.add(threads.submit(() -> {
                    while (writing.get()) {
                        (readsOneVersion(path, length, priority) ? verified : refused).incrementAndGet();
                    }
                    return null;
                }));
            }
            try {
                for (int version = 1; version <= 10 || refused.get() == 0; version++) {
                    byte[] bytes = new byte[length];
                    Arrays.fill(bytes, (byte) version);
                    put("versions", bytes);
                    int before = verified.get();
                    Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> verified.get() > before);
                }
            } finally {
                writing.set(false);
            }
            for (Future<Void> reader : readers) {
                reader.get();
            }
        }
        assertThat(verified).hasPositiveValue();
        assertThat(refused).hasPositiveValue();
    }

    private boolean readsOneVersion(StoragePath path, int length, Priority priority) throws StorageException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        try (ObjectReader reader = storage.open((DataObject) storage.stat(path))) {
            if (!reader.readAndVerify(0, bytes, priority)) {
                return false;
            }
        } catch (StorageException e) {
            assertThat(e.reason())
                    .isIn(Reason.STALE, Reason.LOCKED, Reason.NO_GOOD_REPLICA, Reason.NOT_FOUND, Reason.INVALID);
            return false;
        }
        byte[] same = new byte[length];
        Arrays.fill(same, bytes.get(0));
        assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(same));
        return true;
    }

    private static Reason reasonOfRead(ObjectReader reader) {
        return catchThrowableOfType(
                        StorageException.class, () -> reader.readAndVerify(0, ByteBuffer.allocate(10), Priority.DEMAND))
                .reason();
    }

    private long queries() {
        return storage.counters().requests().getOrDefault("GEN_QUERY", 0L);
    }
}
