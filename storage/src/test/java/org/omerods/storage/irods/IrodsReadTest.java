package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Reads over good, slow, cut and lying connections: right bytes, or an exception. */
@Timeout(120)
class IrodsReadTest extends ZoneTest {
    private static final long SEED = 8151;

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private DataObject put(String name, byte[] bytes) throws StorageException {
        try (ObjectWriter writer = storage.write(home.child(name), WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(bytes));
            return writer.commit();
        }
    }

    private static ByteBuffer read(ObjectReader reader, long offset, int length) throws StorageException {
        ByteBuffer target = ByteBuffer.allocate(length);
        reader.read(offset, target, Priority.DEMAND);
        return target.flip();
    }

    /** Random ranges by many threads; every one must be right. */
    private void stress(ObjectReader reader, byte[] bytes, int reads, int maxLength) throws Exception {
        Random random = new Random(SEED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < reads; i++) {
                int length = 1 + random.nextInt(maxLength);
                int offset = random.nextInt(bytes.length - length);
                Priority priority = random.nextInt(3) == 0 ? Priority.PREFETCH : Priority.DEMAND;
                tasks.add(() -> {
                    ByteBuffer target = ByteBuffer.allocateDirect(length);
                    reader.read(offset, target, priority);
                    return target.flip().equals(ByteBuffer.wrap(bytes, offset, length));
                });
            }
            for (Future<Boolean> read : threads.invokeAll(tasks)) {
                assertThat(read.get()).as("seed %s", SEED).isTrue();
            }
        }
    }

    @Test
    void aTileIsOneFlight() throws Exception {
        byte[] bytes = bytes(8 << 20, 1);
        DataObject object = put("tiles", bytes);
        try (ObjectReader reader = storage.open(object)) {
            read(reader, 0, 1); // the connection and the descriptor
            zone.faults().delayReplies(Duration.ofMillis(30));
            IrodsCounters before = storage.counters();
            stress(reader, bytes, 64, 64 << 10);
            IrodsCounters after = storage.counters();
            assertThat(after.requests("DATA_OBJ_READ") - before.requests("DATA_OBJ_READ"))
                    .isEqualTo(64);
            assertThat(after.requests("GEN_QUERY")).isEqualTo(before.requests("GEN_QUERY"));
            assertThat(after.requests("REPLICA_OPEN") - before.requests("REPLICA_OPEN"))
                    .isLessThanOrEqualTo(4);
            // demand and prefetch lane, each idle to busy once or twice: not 64 times
            assertThat(after.flights() - before.flights()).isLessThan(16);
        }
    }

    @Test
    void openAndCloseCostNothingUntilTheFirstRead() throws Exception {
        DataObject object = put("lazy", bytes(1000, 2));
        IrodsCounters before = storage.counters();
        storage.open(object).close();
        assertThat(storage.counters().totalRequests()).isEqualTo(before.totalRequests());
    }

    @Test
    void theFirstReadOfAnObjectIsOneFlightWithItsOpen() throws Exception {
        byte[] bytes = bytes(100_000, 21);
        List<DataObject> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            objects.add(put("first" + i, bytes));
        }
        try (ObjectReader warm = storage.open(objects.getFirst())) {
            read(warm, 0, 1); // the connection
        }
        IrodsCounters before = storage.counters();
        for (DataObject object : objects.subList(1, 5)) {
            try (ObjectReader reader = storage.open(object)) {
                assertThat(read(reader, 5, 50_000)).isEqualTo(ByteBuffer.wrap(bytes, 5, 50_000));
            }
        }
        IrodsCounters after = storage.counters();
        assertThat(after.flights() - before.flights()).isEqualTo(4);
        assertThat(after.requests("REPLICA_OPEN") - before.requests("REPLICA_OPEN"))
                .isEqualTo(4);
        assertThat(after.requests("DATA_OBJ_READ") - before.requests("DATA_OBJ_READ"))
                .isEqualTo(4);
    }

    @Test
    void objectsOpenedAtTheSameTimeAreNeverTakenForEachOther() throws Exception {
        int count = 40;
        List<DataObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[20_000];
            Arrays.fill(bytes, (byte) i);
            objects.add(put("together" + i, bytes));
        }
        storage.deleteObject(objects.get(7).path()); // its open fails, and the numbers foreseen behind it are wrong
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (DataObject object : objects) {
                tasks.add(() -> {
                    try (ObjectReader reader = storage.open(object)) {
                        ByteBuffer all = read(reader, 0, 20_000);
                        byte[] same = new byte[20_000];
                        Arrays.fill(same, all.get(0));
                        assertThat(all).isEqualTo(ByteBuffer.wrap(same));
                        return (int) all.get(0);
                    } catch (StorageException e) {
                        assertThat(e.reason()).isEqualTo(Reason.STALE);
                        return -1;
                    }
                });
            }
            List<Future<Integer>> results = threads.invokeAll(tasks);
            for (int i = 0; i < count; i++) {
                assertThat(results.get(i).get()).isEqualTo(i == 7 ? -1 : i);
            }
        }
    }

    @Test
    void openingTheSameVersionAgainUsesTheSameDescriptor() throws Exception {
        byte[] bytes = bytes(1000, 3);
        DataObject object = put("again", bytes);
        long before = storage.counters().requests("REPLICA_OPEN");
        for (int i = 0; i < 20; i++) {
            try (ObjectReader reader = storage.open(object)) {
                assertThat(read(reader, i, 10)).isEqualTo(ByteBuffer.wrap(bytes, i, 10));
            }
        }
        assertThat(storage.counters().requests("REPLICA_OPEN") - before).isEqualTo(1);
    }

    @Test
    void descriptorsOfManyObjectsAreGivenBack() throws Exception {
        for (int i = 0; i < 60; i++) {
            DataObject object = put("many" + i, bytes(100, i));
            try (ObjectReader reader = storage.open(object)) {
                assertThat(read(reader, 0, 100)).isEqualTo(ByteBuffer.wrap(bytes(100, i)));
            }
        }
        assertThat(storage.counters().requests("DATA_OBJ_CLOSE")).isGreaterThanOrEqualTo(60 - 16);
    }

    @Test
    void aLargeReadIsWholeAndComesOverSeveralConnections() throws Exception {
        byte[] bytes = bytes(48 << 20, 4);
        DataObject object = put("large", bytes);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(read(reader, 0, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(read(reader, 12_345, 20 << 20)).isEqualTo(ByteBuffer.wrap(bytes, 12_345, 20 << 20));
        }
    }

    @Test
    void repliesSplitAtEveryByteAreRead() throws Exception {
        byte[] bytes = bytes(20_000, 5);
        DataObject object = put("split", bytes);
        zone.faults().splitReplies(1);
        zone.faults().killAgents();
        try (ObjectReader reader = storage.open((DataObject) storage.stat(object.path()))) {
            assertThat(read(reader, 0, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void repliesSplitAnywhereAreRead() throws Exception {
        byte[] bytes = bytes(1 << 20, 6);
        DataObject object = put("split", bytes);
        zone.faults().splitRepliesRandomly(5000);
        try (ObjectReader reader = storage.open(object)) {
            stress(reader, bytes, 100, 100_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 700, 2_000, 10_000, 100_000, 1_000_000})
    void aReadGoesOnWhenConnectionsAreCut(long afterBytes) throws Exception {
        byte[] bytes = bytes(4 << 20, 7);
        DataObject object = put("cut", bytes);
        // Without routing the next connection is the one that reads.
        try (IrodsStorage direct = IrodsStorage.connect(
                        config().routeToResourceHosts(false).build());
                ObjectReader reader = direct.open(object)) {
            zone.faults().cutNextConnectionAfter(afterBytes);
            assertThat(read(reader, 0, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(direct.counters().resumedReads()).isPositive();
        }
    }

    @Test
    void aStormOfCutsNeverGivesWrongBytes() throws Exception {
        byte[] bytes = bytes(2 << 20, 8);
        DataObject object = put("storm", bytes);
        try (ObjectReader reader = storage.open(object)) {
            zone.faults().cutEveryConnection(2, 600_000);
            zone.faults().killAgents();
            for (int round = 0; round < 5; round++) {
                stress(reader, bytes, 60, 60_000);
                zone.faults().killAgents();
            }
        }
        assertThat(storage.counters().resumedReads()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA_OBJ_READ", "DATA_OBJ_LSEEK", "REPLICA_OPEN"})
    void aReplySentByHalfIsReadAgain(String call) throws Exception {
        byte[] bytes = bytes(300_000, 9);
        DataObject object = put("half", bytes);
        zone.faults().truncateNextReply(call);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(read(reader, 0, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
        }
        assertThat(storage.counters().resumedReads()).isEqualTo(1);
    }

    @Test
    void aServerThatIsGoneIsUnavailableInBoundedTime() throws Exception {
        DataObject object = put("gone", bytes(1000, 10));
        try (ObjectReader reader = storage.open(object)) {
            read(reader, 0, 10);
            zone.faults().refuseConnections(true);
            zone.faults().killAgents();
            StorageException e = catchThrowableOfType(StorageException.class, () -> read(reader, 0, 10));
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e).hasMessageContaining("/tempZone/home/rods/gone").hasMessageContaining("read");
            zone.faults().clear();
            assertThat(read(reader, 0, 10)).isEqualTo(ByteBuffer.wrap(bytes(1000, 10), 0, 10));
        }
    }

    @Test
    void aSilentServerIsATimeoutInBoundedTime() throws Exception {
        DataObject object = put("silent", bytes(1000, 11));
        try (IrodsStorage impatient = IrodsStorage.connect(
                        config().readTimeout(Duration.ofMillis(300)).build());
                ObjectReader reader = impatient.open(object)) {
            read(reader, 0, 10);
            zone.faults().delayReads(Duration.ofSeconds(3));
            long start = System.nanoTime();
            StorageException e = catchThrowableOfType(StorageException.class, () -> read(reader, 0, 10));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            zone.faults().clear();
        }
    }

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

    @Test
    void anInterruptedReaderReturnsAtOnceAndKeepsItsFlag() throws Exception {
        DataObject object = put("interrupted", bytes(1000, 16));
        try (ObjectReader reader = storage.open(object)) {
            read(reader, 0, 10);
            zone.faults().delayReads(Duration.ofSeconds(2));
            Thread.currentThread().interrupt();
            StorageException e = catchThrowableOfType(StorageException.class, () -> read(reader, 0, 10));
            assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
            zone.faults().clear();
        }
    }

    @Test
    void oneConnectionIsEnough() throws Exception {
        byte[] bytes = bytes(3 << 20, 17);
        try (IrodsStorage narrow =
                IrodsStorage.connect(config().maxConnections(1).build())) {
            StoragePath path = home.child("narrow");
            DataObject object;
            try (ObjectWriter writer = narrow.write(path, WriteMode.CREATE)) {
                writer.write(0, ByteBuffer.wrap(bytes));
                object = writer.commit();
            }
            try (ObjectReader reader = narrow.open(object)) {
                stress(reader, bytes, 100, 100_000);
            }
            assertThat(narrow.counters().connectionsOpened()).isEqualTo(1);
        }
    }

    @Test
    void aClosedStorageSaysSo() throws Exception {
        DataObject object = put("closed", bytes(1000, 18));
        ObjectReader reader = storage.open(object);
        storage.close();
        assertThat(catchThrowableOfType(StorageException.class, () -> read(reader, 0, 1))
                        .reason())
                .isEqualTo(Reason.CLOSED);
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.stat(home))
                        .reason())
                .isEqualTo(Reason.CLOSED);
    }

    @Test
    void aWrongPasswordIsRefusedWithAName() throws Exception {
        IrodsConfig wrong = config().password(org.omerods.storage.irods.session.Secret.of("wrong"))
                .build();
        try (IrodsStorage refused = IrodsStorage.connect(wrong)) {
            StorageException e = catchThrowableOfType(StorageException.class, refused::checkLogin);
            assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
            assertThat(e).hasMessageContaining("rods#tempZone").hasMessageNotContaining("wrong");
        }
    }

    @Test
    void theLoginTellsWhoTheServerIs() throws Exception {
        ServerInfo info = storage.checkLogin();
        assertThat(info.release()).startsWith("rods");
        assertThat(info.user()).isEqualTo("rods");
        assertThat(info.encrypted()).isFalse();
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
