package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** Reads over slow, cut and lying connections: right bytes, or an exception. */
@Timeout(120)
class IrodsBrokenReadTest extends ObjectTest {
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
}
