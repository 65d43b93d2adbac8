package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.zone.wire.CallFault.Moment;

/** Objects that are sent while their content grows, to a server so far away that several connections carry them. */
class IrodsFarGrowingUploadTest extends ObjectTest {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 30;
    private static final int SIZE = PIECE * PIECES + 4321;

    private static final int REFUSED = -818_000;

    private StoragePath path;

    @BeforeEach
    void moveFarAway() {
        path = home.child("growing");
        zone.faults().delayReplies(Duration.ofMillis(5));
    }

    private static void sendAll(GrowingUpload upload, byte[] bytes) throws StorageException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            upload.send(at, Math.min(PIECE, bytes.length - at), Content.of(bytes));
        }
    }

    @Test
    void severalConnectionsCarryItAndWhatIsSentAgainReplacesWhatWas() throws Exception {
        byte[] first = bytes(SIZE, 1);
        byte[] bytes = bytes(SIZE, 2);
        DataObject now;
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            sendAll(upload, first);
            assertThat(zone.statistics().connectionsOpen()).isGreaterThanOrEqualTo(4);
            assertThat(((DataObject) storage.stat(path)).state()).isEqualTo(ReplicaState.INTERMEDIATE);
            sendAll(upload, bytes);
            now = upload.finish(Content.of(bytes));
        }
        assertHas(now, bytes);
        assertThat(now).isEqualTo(storage.stat(path));
    }

    @Test
    void aServerNearbyGetsItOverOneConnection() throws Exception {
        zone.faults().clear();
        byte[] bytes = bytes(SIZE, 1);
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            long before = zone.statistics().connectionsOpen();
            sendAll(upload, bytes);
            assertThat(zone.statistics().connectionsOpen()).isEqualTo(before);
            assertHas(upload.finish(Content.of(bytes)), bytes);
        }
    }

    @Test
    void whatIsGivenUpInTheMiddleIsGone() throws Exception {
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            sendAll(upload, bytes(SIZE, 1));
        }
        await().untilAsserted(() -> assertThat(storage.list(home).entries()).isEmpty());
        byte[] bytes = bytes(SIZE, 2);
        assertHas(storage.put(path, WriteMode.CREATE, Content.of(bytes)), bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whereTheServerLetsNoMoreConnectionsJoinItGoesOverThoseThatDid(int refused) throws Exception {
        byte[] bytes = bytes(SIZE, 1);
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            zone.faults().refuse("REPLICA_OPEN", 1, refused, REFUSED);
            sendAll(upload, bytes);
            assertThat(zone.faults().pending()).isZero();
            assertHas(upload.finish(Content.of(bytes)), bytes);
        }
    }

    @Test
    void whereNoMoreConnectionsCanBeMadeItGoesOverTheFirst() throws Exception {
        byte[] bytes = bytes(SIZE, 1);
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            zone.faults().refuseConnections(true);
            sendAll(upload, bytes);
            assertHas(upload.finish(Content.of(bytes)), bytes);
        }
    }

    @ParameterizedTest(name = "{0} number {1} cut {2}")
    @CsvSource({
        "REPLICA_OPEN, 2, BEFORE_IT",
        "REPLICA_OPEN, 3, AFTER_IT",
        "DATA_OBJ_WRITE, 1, IN_ITS_DATA",
        "DATA_OBJ_WRITE, 12, IN_ITS_DATA",
        "DATA_OBJ_WRITE, 25, AFTER_IT",
        "REPLICA_CLOSE, 1, BEFORE_IT",
        "REPLICA_CLOSE, 2, AFTER_IT",
        "REPLICA_CLOSE, 4, BEFORE_IT",
    })
    void aCutConnectionIsToldAndLeavesNothingGood(String call, int nth, Moment moment) throws Exception {
        byte[] bytes = bytes(SIZE, 1);
        try (GrowingUpload upload = storage.grow(path, Optional.empty()).orElseThrow()) {
            zone.faults().cut(call, call.equals("REPLICA_OPEN") ? nth - 1 : nth, moment); // the first one was before
            assertThatThrownBy(() -> {
                        sendAll(upload, bytes);
                        upload.finish(Content.of(bytes));
                    })
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.retryable())
                                    .as("%s", e.getMessage())
                                    .isTrue());
        }
        assertThat(zone.faults().pending()).isZero();
        await().untilAsserted(() -> assertThat(storage.list(home).entries()).isEmpty());
        assertHas(storage.put(path, WriteMode.CREATE, Content.of(bytes)), bytes);
    }
}
