package org.omerods.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.zone.wire.CallFault;

/** What is made to go wrong goes wrong, and only that. */
final class ZoneFaultsTest {
    private static final String OBJECT = "/tempZone/home/rods/a";
    private static final long SEED = 20_261_120;

    @TempDir
    Path directory;

    private EmbeddedZone zone;
    private final byte[] content = new byte[300_000];

    @BeforeEach
    void startZone() throws IOException {
        new Random(SEED).nextBytes(content);
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
        zone.admin().putBytes(OBJECT, content);
    }

    @AfterEach
    void stopZone() {
        zone.close();
    }

    @Test
    void repliesSplitAtEveryByteAreWhole() throws IOException {
        zone.faults().splitReplies(1);
        assertReadable();
    }

    @Test
    void repliesSplitRandomlyAreWhole() throws IOException {
        zone.faults().splitRepliesRandomly(700);
        assertReadable();
    }

    @Test
    void nextConnectionIsCutAndTheOneAfterItIsNot() throws IOException {
        zone.faults().cutNextConnectionAfter(50_000);
        assertThatThrownBy(this::assertReadable).isInstanceOf(IOException.class);
        assertReadable();
    }

    @Test
    void everySecondConnectionIsCut() throws IOException {
        zone.faults().cutEveryConnection(2, 50_000);
        assertReadable();
        assertThatThrownBy(this::assertReadable).isInstanceOf(IOException.class);
        assertReadable();
        zone.faults().clear();
        assertReadable();
    }

    @Test
    void refusedConnectionDoesNotStayOpen() throws IOException {
        zone.faults().refuseConnections(true);
        assertThatThrownBy(this::assertReadable).isInstanceOf(IOException.class);
        zone.faults().refuseConnections(false);
        assertReadable();
    }

    @Test
    void truncatedReplyEndsTheConnection() throws IOException {
        zone.faults().truncateNextReply("DATA_OBJ_READ");
        assertThatThrownBy(this::assertReadable).isInstanceOf(IOException.class);
        assertReadable();
    }

    @Test
    void delayedReadTakesItsTime() throws IOException {
        zone.faults().delayReads(Duration.ofMillis(200));
        long start = System.nanoTime();
        assertReadable();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void writerOfAKilledAgentLeavesAStaleReplica() throws IOException {
        String path = "/tempZone/home/rods/half";
        RawClient client = RawClient.login(zone, "rods", "rods");
        int descriptor = client.open(path, 65);
        assertThat(client.write(descriptor, content)).isEqualTo(content.length);
        zone.faults().killAgents();
        assertThatThrownBy(() -> client.write(descriptor, content)).isInstanceOf(IOException.class);
        client.close();
        try (RawClient other = RawClient.login(zone, "rods", "rods")) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(other.query(10, 0, List.of(413), 403, "='half'")
                                    .text("value"))
                            .isEqualTo("0"));
            // the write that was under way may have left a part behind the first one
            assertThat(Integer.parseInt(other.stat(path).text("objSize")))
                    .isBetween(content.length, 2 * content.length);
        }
    }

    @Test
    void faultsOfCallsThatHaveNotHappenedAreCounted() throws IOException {
        zone.faults().cut("DATA_OBJ_READ", 2, CallFault.Moment.BEFORE_IT);
        zone.faults().refuse("DATA_OBJ_UNLINK", 1, 3, -818000);
        assertThat(zone.faults().pending()).isEqualTo(4);
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            int descriptor = client.open(OBJECT, 0);
            client.read(descriptor, 100);
            assertThat(zone.faults().pending()).isEqualTo(4);
            assertThatThrownBy(() -> client.read(descriptor, 100)).isInstanceOf(IOException.class);
        }
        assertThat(zone.faults().pending()).isEqualTo(3);
        zone.faults().clear();
        assertThat(zone.faults().pending()).isZero();
    }

    @Test
    void claimedVersionIsTold() throws IOException {
        zone.faults().claimVersion("rods4.2.8");
        try (RawClient client = new RawClient(zone)) {
            assertThat(client.startup("rods", "").text("relVersion")).isEqualTo("rods4.2.8");
        }
    }

    private void assertReadable() throws IOException {
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            int descriptor = client.open(OBJECT, 0);
            assertThat(client.read(descriptor, content.length).bytes()).isEqualTo(content);
        }
    }
}
