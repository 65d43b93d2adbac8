package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** What reads cost, and how many may be under way. */
@Timeout(120)
class IrodsReadTest extends ObjectTest {
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
}
