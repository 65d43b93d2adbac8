package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.zone.wire.CallFault.Moment;

/**
 * Every step of an upload goes wrong once: what is good afterwards has all bytes of one version, and the same call again
 * succeeds.
 */
class IrodsUploadFaultTest extends ObjectTest {
    /** ENOSPC of the server's write. */
    private static final int DISK_FULL = -513_028;

    private static final int SMALL = 100_000;
    private static final int LARGE = 9_000_000;
    private static final int PARALLEL = 70_000_000;

    private StoragePath path() {
        return home.child("slide");
    }

    static Stream<Arguments> steps() {
        Stream<Arguments> everyMoment = Stream.of(
                        Arguments.of("DATA_OBJ_PUT", 1, SMALL),
                        Arguments.of("REPLICA_OPEN", 1, LARGE),
                        Arguments.of("DATA_OBJ_WRITE", 3, LARGE),
                        Arguments.of("REPLICA_CLOSE", 1, LARGE))
                .flatMap(step -> Stream.of(Moment.values())
                        .map(moment -> Arguments.of(step.get()[0], step.get()[1], step.get()[2], moment)));
        Stream<Arguments> parallel = Stream.of(
                Arguments.of("REPLICA_OPEN", 2, PARALLEL, Moment.BEFORE_IT),
                Arguments.of("DATA_OBJ_WRITE", 9, PARALLEL, Moment.IN_ITS_DATA),
                Arguments.of("REPLICA_CLOSE", 1, PARALLEL, Moment.AFTER_IT),
                Arguments.of("REPLICA_CLOSE", 2, PARALLEL, Moment.AFTER_IT));
        return Stream.concat(everyMoment, parallel);
    }

    /** A server needs a moment to notice that a writer is gone; until then the object is locked. */
    private static DataObject unlocked(Callable<DataObject> write) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            try {
                                return Optional.of(write.call());
                            } catch (StorageException e) {
                                assertThat(e.reason()).as("%s", e.getMessage()).isEqualTo(Reason.LOCKED);
                                return Optional.<DataObject>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} number {1} of {2} bytes, cut {3}")
    @MethodSource("steps")
    void aCutCreateIsAllThereOrNotThereAndCanBeRepeated(String call, int nth, int size, Moment moment)
            throws Exception {
        byte[] bytes = bytes(size, nth);
        zone.faults().cut(call, nth, moment);
        try {
            assertHas(storage.put(path(), WriteMode.CREATE, Content.of(bytes)), bytes);
        } catch (StorageException e) {
            assertThat(e.retryable()).as("%s", e.getMessage()).isTrue();
            assertThat(present()).noneMatch(object -> object.state() == ReplicaState.GOOD);
        }
        zone.faults().clear();
        DataObject object = unlocked(() -> storage.put(path(), WriteMode.CREATE, Content.of(bytes)));
        assertHas(object, bytes);
        assertThat(storage.stat(path())).isEqualTo(object);
        assertThat(storage.list(home).entries()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} number {1} of {2} bytes, cut {3}")
    @MethodSource("steps")
    void aCutOverwriteIsOldOrNewOrNotGoodAndCanBeRepeated(String call, int nth, int size, Moment moment)
            throws Exception {
        byte[] old = bytes(size / 2, 77);
        byte[] bytes = bytes(size, nth);
        DataObject before = storage.put(path(), WriteMode.CREATE, Content.of(old));
        Avu avu = new Avu("stain", "H&E", "");
        storage.avus().apply(path(), List.of(new Operation.Add(avu)));
        zone.faults().cut(call, nth, moment);
        try {
            assertHas(storage.overwrite(path(), before.version(), Content.of(bytes)), bytes);
        } catch (StorageException e) {
            assertThat(e.retryable()).as("%s", e.getMessage()).isTrue();
            for (DataObject object : present()) {
                if (object.state() == ReplicaState.GOOD) {
                    assertHas(object, object.version().equals(before.version()) ? old : bytes);
                }
            }
        }
        zone.faults().clear();
        DataObject object = unlocked(() -> storage.overwrite(path(), before.version(), Content.of(bytes)));
        assertHas(object, bytes);
        assertThat(object.id()).isEqualTo(before.id());
        assertThat(storage.avus().list(path())).containsExactly(avu);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aFullDiskIsNoSpaceAndLeavesNothingGood(int size) throws Exception {
        zone.faults().refuse(size == SMALL ? "DATA_OBJ_PUT" : "DATA_OBJ_WRITE", size == SMALL ? 1 : 2, 1000, DISK_FULL);
        StorageException e = catchThrowableOfType(
                StorageException.class, () -> storage.put(path(), WriteMode.CREATE, Content.of(bytes(size, 1))));
        assertThat(e.reason()).isEqualTo(Reason.NO_SPACE);
        assertThat(e).hasMessageContaining("/slide").hasMessageContaining("quota");
        assertThat(present()).isEmpty();
        zone.faults().clear();
        assertHas(storage.put(path(), WriteMode.CREATE, Content.of(bytes(size, 1))), bytes(size, 1));
    }

    static Stream<Integer> sizes() {
        return Stream.of(SMALL, LARGE, PARALLEL);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void bytesThatArriveOtherwiseAreNeverGood(int size) throws Exception {
        byte[] bytes = bytes(size, 5);
        Content damagedOnTheWay = new Content() {
            private final AtomicInteger reads = new AtomicInteger();

            @Override
            public long size() {
                return bytes.length;
            }

            // of the reads of the first byte one is wrong: so checksum and upload differ, whichever was first
            @Override
            public int read(long offset, ByteBuffer target) {
                int position = target.position();
                int length = Math.min(target.remaining(), bytes.length - (int) offset);
                target.put(bytes, (int) offset, length);
                if (offset == 0 && reads.getAndIncrement() == 0) {
                    target.put(position, (byte) ~bytes[0]);
                }
                return length;
            }
        };
        StorageException e = catchThrowableOfType(
                StorageException.class, () -> storage.put(path(), WriteMode.CREATE, damagedOnTheWay));
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(present()).noneMatch(object -> object.state() == ReplicaState.GOOD);
        assertHas(storage.put(path(), WriteMode.CREATE, Content.of(bytes)), bytes);
    }

    @Test
    void aWriterElsewhereIsToldAsLocked() throws Exception {
        DataObject object = storage.put(path(), WriteMode.CREATE, Content.of(bytes(SMALL, 1)));
        try (IrodsStorage other = IrodsStorage.connect(config().build());
                var writer = other.write(path(), WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(new byte[10]));
            StorageException e = catchThrowableOfType(
                    StorageException.class,
                    () -> storage.overwrite(path(), object.version(), Content.of(bytes(SMALL, 2))));
            assertThat(e.reason()).isEqualTo(Reason.LOCKED);
            assertThat(e).hasMessageContaining("owner is rods");
        }
    }

    @Test
    void aLargeUploadUsesSeveralConnectionsAndRegistersItsChecksum() throws Exception {
        DataObject object = storage.put(path(), WriteMode.CREATE, Content.of(bytes(PARALLEL, 3)));
        assertThat(object.version().checksum()).startsWith("sha2:");
        assertThat(storage.counters().requests("REPLICA_OPEN")).isEqualTo(2);
        assertHas(object, bytes(PARALLEL, 3));
    }

    @Test
    void aLargeUploadGoesOverOneConnectionWhereTheServerLetsNoOtherJoin() throws Exception {
        zone.faults().refuse("REPLICA_OPEN", 2, 1, -818_000);
        assertHas(storage.put(path(), WriteMode.CREATE, Content.of(bytes(PARALLEL, 3))), bytes(PARALLEL, 3));
        assertThat(zone.faults().pending()).isZero();
    }

    @Test
    void aLargeUploadGoesOverOneConnectionWhereNoOtherCanBeMade() throws Exception {
        storage.put(home.child("first"), WriteMode.CREATE, Content.of(bytes(LARGE, 1))); // makes the writer's
        zone.faults().refuseConnections(true);
        assertHas(storage.put(path(), WriteMode.CREATE, Content.of(bytes(PARALLEL, 3))), bytes(PARALLEL, 3));
    }

    @Test
    void aSmallNewObjectIsOneRequest() throws Exception {
        storage.put(home.child("first"), WriteMode.CREATE, Content.of(bytes(10, 1)));
        long queries = storage.counters().requests("GEN_QUERY");
        storage.put(path(), WriteMode.CREATE, Content.of(bytes(SMALL, 1)));
        assertThat(storage.counters().requests("DATA_OBJ_PUT")).isEqualTo(2);
        assertThat(storage.counters().requests("REPLICA_OPEN")).isZero();
        assertThat(storage.counters().requests("GEN_QUERY") - queries).isEqualTo(1); // what is there now
    }

    @Test
    void anOverwriteThatDoesNotShortenAsksNothingBefore() throws Exception {
        DataObject base = storage.put(path(), WriteMode.CREATE, Content.of(bytes(SMALL, 1)));
        long queries = storage.counters().requests("GEN_QUERY");
        DataObject now = storage.overwrite(path(), base.version(), Content.of(bytes(SMALL + 10, 2)));
        assertThat(storage.counters().requests("GEN_QUERY") - queries).isEqualTo(1); // what is there now
        assertThat(storage.counters().requests("REPLICA_OPEN")).isEqualTo(1);
        assertHas(now, bytes(SMALL + 10, 2));
    }

    @Test
    void aReplaceThatFailsInTheMiddleKeepsBoth() throws Exception {
        storage.put(path(), WriteMode.CREATE, Content.of(bytes(10, 1)));
        storage.put(home.child("new"), WriteMode.CREATE, Content.of(bytes(20, 2)));
        zone.faults().refuse("DATA_OBJ_RENAME", 2, 1, -818_000);
        StorageException e =
                catchThrowableOfType(StorageException.class, () -> storage.replace(home.child("new"), path()));
        assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED);
        assertHas((DataObject) storage.stat(path()), bytes(10, 1));
        assertHas((DataObject) storage.stat(home.child("new")), bytes(20, 2));
        assertThat(storage.list(home).entries()).hasSize(2);
    }

    private List<DataObject> present() throws StorageException {
        Optional<Entry> entry = storage.list(home).entries().stream()
                .filter(child -> child.path().equals(path()))
                .findFirst();
        return entry.map(DataObject.class::cast).stream().toList();
    }
}
