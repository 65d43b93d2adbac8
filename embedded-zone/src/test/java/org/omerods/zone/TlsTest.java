package org.omerods.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irods.irods4j.authentication.PamPasswordAuthPlugin;
import org.irods.irods4j.high_level.connection.IRODSConnection;
import org.irods.irods4j.high_level.connection.QualifiedUsername;
import org.irods.irods4j.high_level.io.IRODSDataObjectInputStream;
import org.irods.irods4j.low_level.api.IRODSApi.ConnectionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Negotiation, TLS and the login by a password in clear text under it. */
final class TlsTest {
    private static final String NEGOTIATE = "request_server_negotiation";
    private static final String OBJECT = "/tempZone/home/alice/a";

    @TempDir
    Path directory;

    @Test
    void objectIsReadUnderTls() throws Exception {
        byte[] content = new byte[1_000_000];
        content[999_999] = 7;
        try (EmbeddedZone zone = start(TlsPolicy.REQUIRE);
                RawClient client = connect(zone)) {
            zone.admin().putBytes(OBJECT, content);
            assertThat(client.authenticate("alice", "alicepass").status()).isZero();
            int descriptor = client.open(OBJECT, 0);
            assertThat(client.read(descriptor, content.length).bytes()).isEqualTo(content);
        }
    }

    @Test
    void pamPasswordGivesAPasswordForTheNativeLogin() throws Exception {
        try (EmbeddedZone zone = start(TlsPolicy.DONT_CARE);
                RawClient client = connect(zone)) {
            assertThat(pam(client, "wrong").status()).isEqualTo(-993_000);
            RawClient.Answer answer = pam(client, "alicepass");
            assertThat(answer.status()).isZero();
            String made = RawClient.member(RawClient.content(answer), "request_result");
            assertThat(RawClient.content(answer)).doesNotContain("alicepass");
            assertThat(client.authenticate("alice", made).status()).isZero();
            assertThat(client.stat("/tempZone/home/alice").status()).isEqualTo(2);
        }
    }

    @Test
    void irods4jLogsInByPamUnderTls() throws Exception {
        byte[] content = new byte[50_000];
        content[49_999] = 9;
        try (EmbeddedZone zone = start(TlsPolicy.REQUIRE)) {
            zone.admin().putBytes(OBJECT, content);
            ConnectionOptions options = new ConnectionOptions();
            options.clientServerNegotiation = "CS_NEG_REQUIRE";
            options.trustManagers = Trust.managers(zone.certificate().orElseThrow());
            try (IRODSConnection connection = new IRODSConnection(options)) {
                connection.connect(zone.host(), zone.port(), new QualifiedUsername("alice", "tempZone"));
                connection.authenticate(new PamPasswordAuthPlugin(true), "alicepass");
                try (IRODSDataObjectInputStream in = new IRODSDataObjectInputStream(connection.getRcComm(), OBJECT)) {
                    assertThat(in.readAllBytes()).isEqualTo(content);
                }
            }
        }
    }

    @Test
    void pamPasswordIsRefusedWithoutTls() throws Exception {
        try (EmbeddedZone zone = start(TlsPolicy.DONT_CARE);
                RawClient client = new RawClient(zone)) {
            client.startup("alice", "");
            assertThat(pam(client, "alicepass").status()).isEqualTo(-169_000);
        }
    }

    @Test
    void requiringZoneRefusesPlainConnections() throws Exception {
        try (EmbeddedZone zone = start(TlsPolicy.REQUIRE)) {
            try (RawClient client = new RawClient(zone)) {
                assertThat(client.startup("alice", "").text("status")).isEqualTo("-1825000");
            }
            try (RawClient client = new RawClient(zone)) {
                assertThat(client.startup("alice", NEGOTIATE).text("result")).isEqualTo("CS_NEG_REQUIRE");
                assertThat(client.decide("CS_NEG_USE_TCP").text("status")).isEqualTo("-1825000");
            }
        }
    }

    @Test
    void zoneWithoutTlsEndsAConnectionThatWantsIt() throws Exception {
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
                RawClient client = new RawClient(zone)) {
            assertThat(client.startup("alice", NEGOTIATE).text("result")).isEqualTo("CS_NEG_REFUSE");
            client.decide("CS_NEG_USE_SSL");
            assertThatThrownBy(() -> client.stat("/tempZone")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void certificateStaysOverARestart() throws Exception {
        byte[] before;
        try (EmbeddedZone zone = start(TlsPolicy.REQUIRE)) {
            before = Files.readAllBytes(zone.certificate().orElseThrow());
        }
        try (EmbeddedZone zone = start(TlsPolicy.REQUIRE)) {
            assertThat(Files.readAllBytes(zone.certificate().orElseThrow())).isEqualTo(before);
        }
    }

    private EmbeddedZone start(TlsPolicy policy) throws IOException {
        return EmbeddedZone.start(ZoneOptions.inDirectory(directory).withTls(ZoneTls.selfSigned(policy)));
    }

    private static RawClient connect(EmbeddedZone zone) throws Exception {
        RawClient client = new RawClient(zone);
        client.startup("alice", NEGOTIATE);
        assertThat(client.decide("CS_NEG_USE_SSL").text("status")).isEqualTo("0");
        client.startTls(Trust.context(zone.certificate().orElseThrow()));
        return client;
    }

    private static RawClient.Answer pam(RawClient client, String password) throws IOException {
        return client.json(
                110_000,
                "{\"scheme\":\"pam_password\",\"next_operation\":\"auth_agent_auth_request\",\"user_name\":\"alice\","
                        + "\"zone_name\":\"tempZone\",\"a_pw\":\"" + password + "\",\"a_ttl\":\"1\"}");
    }
}
