package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.irods.irods4j.authentication.NativeAuthPlugin;
import org.irods.irods4j.high_level.connection.IRODSConnection;
import org.irods.irods4j.high_level.connection.QualifiedUsername;
import org.irods.irods4j.high_level.io.IRODSDataObjectInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put in without a network is there for clients. */
final class ZoneAdminTest {
    @TempDir
    Path directory;

    @Test
    void putFileShowsUpForClients() throws Exception {
        Path file = Files.writeString(directory.resolve("local"), "hello zone", UTF_8);
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("zone")))) {
            zone.admin().putFile("/tempZone/home/rods/sub/a", file);
            try (IRODSConnection connection = new IRODSConnection()) {
                connection.connect(zone.host(), zone.port(), new QualifiedUsername("rods", "tempZone"));
                connection.authenticate(new NativeAuthPlugin(), "rods");
                try (InputStream in =
                        new IRODSDataObjectInputStream(connection.getRcComm(), "/tempZone/home/rods/sub/a")) {
                    assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("hello zone");
                }
            }
        }
    }

    @Test
    void zoneKeepsItsObjectsOverARestart() throws IOException {
        ZoneOptions options = ZoneOptions.inDirectory(directory);
        long id;
        try (EmbeddedZone zone = EmbeddedZone.start(options)) {
            id = zone.admin().putBytes("/tempZone/home/rods/a", new byte[] {1, 2, 3});
        }
        try (EmbeddedZone zone = EmbeddedZone.start(options)) {
            assertThat(Files.readAllBytes(zone.admin().physicalFile("/tempZone/home/rods/a")))
                    .containsExactly(1, 2, 3);
            assertThat(zone.admin().putBytes("/tempZone/home/rods/a", new byte[0]))
                    .isEqualTo(id);
        }
    }

    @Test
    void userWhoIsLeftOutCannotLogInAnyMore() throws IOException {
        ZoneOptions options = ZoneOptions.inDirectory(directory);
        try (EmbeddedZone zone = EmbeddedZone.start(options);
                RawClient client = RawClient.login(zone, "alice", "alicepass")) {
            assertThat(client.stat("/tempZone/home/alice").status()).isEqualTo(2);
        }
        ZoneOptions without = options.withUsers(List.of(new ZoneUser("rods", "rods", true)));
        try (EmbeddedZone zone = EmbeddedZone.start(without)) {
            assertThatThrownBy(() -> RawClient.login(zone, "alice", "alicepass"))
                    .hasMessageContaining("-826000");
        }
    }

    @Test
    void passwordsAreNotInTheTextOfTheOptions() {
        ZoneOptions options = ZoneOptions.inDirectory(directory)
                .withTls(ZoneTls.of(TlsPolicy.REQUIRE, directory.resolve("keys.p12"), "keystoresecret"));
        assertThat(options.toString()).doesNotContain("alicepass").doesNotContain("keystoresecret");
    }

    @Test
    void catalogWithItsPasswordsIsClosedToOthers() throws IOException {
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory))) {
            assertThat(zone.zoneName()).isEqualTo("tempZone");
            for (String file : List.of("catalog.db", "catalog.db-wal")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
    }
}
