package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol over a plain socket: pipelining, paging, passwords, limits. */
final class RawSocketTest {
    private static final String HOME = "/tempZone/home/rods";

    @TempDir
    Path directory;

    private EmbeddedZone zone;

    @BeforeEach
    void startZone() throws IOException {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
    }

    @AfterEach
    void stopZone() {
        zone.close();
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> RawClient.login(zone, "rods", "wrong")).hasMessageContaining("-826000");
    }

    @Test
    void nothingIsAnsweredBeforeTheLogin() throws IOException {
        try (RawClient client = new RawClient(zone)) {
            client.startup("rods", "");
            assertThat(client.stat(HOME).status()).isEqualTo(-13_000);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        byte[] content = new byte[100_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i / 100);
        }
        zone.admin().putBytes(HOME + "/a", content);
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            int descriptor = client.open(HOME + "/a", 0);
            for (int i = 0; i < 500; i++) {
                client.send("RODS_API_REQ", 674, RawClient.opened(descriptor, 0, 0, (i * 7919L) % 99_900), new byte[0]);
                client.send("RODS_API_REQ", 675, RawClient.opened(descriptor, 100, 0, 0), new byte[0]);
            }
            for (int i = 0; i < 500; i++) {
                int offset = (i * 7919) % 99_900;
                assertThat(client.receive().text("offset")).isEqualTo(Integer.toString(offset));
                byte[] wanted = Arrays.copyOfRange(content, offset, offset + 100);
                assertThat(client.receive().bytes()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void hundredThousandEntriesAreListedCompletely() throws IOException {
        List<String> names = IntStream.range(0, 100_000)
                .mapToObj(i -> "object-%06d".formatted(i))
                .toList();
        zone.admin().addObjects(HOME + "/many", names, "content".getBytes(UTF_8));
        List<String> listed = new ArrayList<>();
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            int more = 0;
            do {
                RawClient.Answer page = client.query(10_000, more, List.of(403), 501, "='" + HOME + "/many'");
                listed.addAll(page.texts("value"));
                more = page.status() < 0 ? 0 : Integer.parseInt(page.text("continueInx"));
            } while (more > 0);
        }
        Set<String> distinct = new HashSet<>(listed);
        assertThat(listed).hasSameSizeAs(distinct).hasSize(100_000);
        assertThat(zone.statistics().requests("GEN_QUERY")).isLessThanOrEqualTo(11);
    }

    @Test
    void openPageDoesNotHideLaterChanges() throws IOException {
        zone.admin().addObjects(HOME + "/some", List.of("a", "b", "c", "d"), new byte[0]);
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            client.query(2, 0, List.of(403), 501, "='" + HOME + "/some'");
            client.makeCollection(HOME + "/later");
            assertThat(client.query(10, 0, List.of(501), 501, "='" + HOME + "/later'")
                            .texts("value"))
                    .containsExactly(HOME + "/later");
        }
    }

    @Test
    void userSeesOnlyWhatHeMayRead() throws IOException {
        zone.admin().putBytes(HOME + "/private", new byte[1]);
        try (RawClient client = RawClient.login(zone, "alice", "alicepass")) {
            assertThat(client.stat(HOME + "/private").status()).isEqualTo(-310_000);
            assertThat(client.open(HOME + "/private", 0)).isEqualTo(-358_000);
            zone.admin().grant(HOME, "alice", "read");
            zone.admin().grant(HOME + "/private", "alice", "read");
            assertThat(client.stat(HOME + "/private").status()).isEqualTo(1);
            assertThat(client.open(HOME + "/private", 0)).isGreaterThanOrEqualTo(3);
            assertThat(client.open(HOME + "/private", 1)).isEqualTo(-818_000);
        }
    }

    @Test
    void anonymousNeedsNoPasswordAndSeesWhatEverybodyMayRead() throws IOException {
        ZoneOptions options = ZoneOptions.inDirectory(directory.resolve("open"))
                .withUsers(List.of(new ZoneUser("rods", "rods", true), new ZoneUser("anonymous", "", false)));
        try (EmbeddedZone open = EmbeddedZone.start(options);
                RawClient client = RawClient.login(open, "anonymous", "")) {
            open.admin().putBytes(HOME + "/public", new byte[5]);
            assertThat(client.stat(HOME + "/public").status()).isEqualTo(-310_000);
            open.admin().grant(HOME, "public", "read");
            open.admin().grant(HOME + "/public", "public", "read");
            assertThat(client.stat(HOME + "/public").text("objSize")).isEqualTo("5");
        }
    }

    @Test
    void missingFileIsAnErrorThatTheConnectionSurvives() throws IOException {
        Path file = Files.writeString(directory.resolve("elsewhere"), "content", UTF_8);
        zone.admin().registerInPlace(HOME + "/registered", file);
        Files.delete(file);
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            assertThat(client.open(HOME + "/registered", 0)).isEqualTo(-510_002);
            String source = RawClient.dataObject(HOME + "/registered", 0, 0, RawClient.NO_KEYS);
            String target = RawClient.dataObject(HOME + "/copy", 0, 0, RawClient.NO_KEYS);
            assertThat(client.call(696, "<DataObjCopyInp_PI>" + source + target + "</DataObjCopyInp_PI>")
                            .status())
                    .isEqualTo(-510_002);
            assertThat(client.stat(HOME + "/registered").text("objSize")).isEqualTo("7");
        }
    }

    @Test
    void statisticsCountRequestsAndBytes() throws IOException {
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            client.stat(HOME);
            client.stat(HOME);
            assertThat(zone.statistics().requests("OBJ_STAT")).isEqualTo(2);
            assertThat(zone.statistics().connectionsOpen()).isEqualTo(1);
            assertThat(zone.statistics().bytesSent()).isPositive();
            assertThat(zone.statistics().bytesReceived()).isPositive();
        }
    }
}
