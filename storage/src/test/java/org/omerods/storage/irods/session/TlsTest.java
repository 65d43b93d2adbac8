package org.omerods.storage.irods.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.NegotiationPolicy.Outcome;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.MessageHeader;

/** Encryption: who is trusted, what is negotiated, and that PAM never goes without. */
@Timeout(60)
class TlsTest {
    @TempDir
    private static Path directory;

    private static TestCertificate localhost;
    private static TestCertificate elsewhere;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<MessageHeader> secrets = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = TestCertificate.make(directory, "localhost");
        elsewhere = TestCertificate.make(directory, "irods.example.org");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
    }

    private Endpoint server(TestCertificate certificate, ScriptedServer.Script script) throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            secrets.addAll(peer.acceptTls(certificate.server()));
            script.serve(peer);
        });
        opened.add(server);
        return new Endpoint("localhost", server.endpoint().port());
    }

    private Connection connect(Endpoint endpoint, AuthenticationScheme scheme, TlsSettings tls) throws Exception {
        Account account = new Account("alice", "tempZone", "alice", "tempZone", scheme, Secret.of("pw"), Secret.NONE);
        SessionSettings settings = new SessionSettings(account, tls, Duration.ofSeconds(5), Duration.ofSeconds(5), 1);
        ConnectionPool pool = new ConnectionPool(endpoint, settings, new Counters());
        opened.add(pool);
        return pool.connection(Lane.CATALOG);
    }

    private static TlsSettings trusting(TestCertificate certificate, HostVerification verification) {
        return TlsSettings.DEFAULT
                .withPolicy(NegotiationPolicy.CS_NEG_REQUIRE)
                .withCertificateAuthorities(certificate.pem())
                .withVerification(verification);
    }

    private static void serveOneRead(ScriptedServer.Peer peer) throws Exception {
        peer.acceptPassword();
        peer.read();
        peer.binary(300_000, new byte[300_000]);
        peer.read();
    }

    @Test
    void anEncryptedConnectionCarriesBytesAndTheSecretHasItsAnnouncedLength() throws Exception {
        Endpoint endpoint = server(localhost, TlsTest::serveOneRead);
        Connection connection =
                connect(endpoint, AuthenticationScheme.NATIVE, trusting(localhost, HostVerification.HOSTNAME));
        ByteBuffer target = ByteBuffer.allocateDirect(300_000);
        Reply reply = connection
                .submit(Request.receiving(Api.DATA_OBJ_READ, new byte[] {'x'}, target))
                .await();
        assertThat(reply.binaryBytes()).isEqualTo(300_000);
        assertThat(secrets.getFirst()).isEqualTo(new MessageHeader("AES-256-CBC", 32, 8, 16, 0));
        assertThat(secrets.getLast()).isEqualTo(new MessageHeader("SHARED_SECRET", 32, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, HOSTNAME, true",
        "localhost, elsewhere, HOSTNAME, false",
        "localhost, elsewhere, CERT, false",
        "localhost, elsewhere, NONE, true",
        "elsewhere, elsewhere, HOSTNAME, false",
        "elsewhere, elsewhere, CERT, true",
        "elsewhere, localhost, NONE, true",
    })
    void trustIsAsConfigured(String shown, String trusted, HostVerification verification, boolean accepted)
            throws Exception {
        Endpoint endpoint = server(shown.equals("localhost") ? localhost : elsewhere, TlsTest::serveOneRead);
        TlsSettings tls = trusting(trusted.equals("localhost") ? localhost : elsewhere, verification);
        if (accepted) {
            assertThat(connect(endpoint, AuthenticationScheme.NATIVE, tls).isUsable())
                    .isTrue();
        } else {
            ConnectionException e = catchThrowableOfType(
                    ConnectionException.class, () -> connect(endpoint, AuthenticationScheme.NATIVE, tls));
            assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
            assertThat(e).hasMessageContaining("TLS with localhost").hasMessageContaining("irods_ssl_verify_server");
        }
    }

    @Test
    void aCertificateFileThatIsNoneIsNamed() throws Exception {
        Endpoint endpoint = server(localhost, TlsTest::serveOneRead);
        TlsSettings tls = TlsSettings.DEFAULT.withCertificateAuthorities(directory.resolve("missing.pem"));
        ConnectionException e = catchThrowableOfType(
                ConnectionException.class, () -> connect(endpoint, AuthenticationScheme.NATIVE, tls));
        assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
        assertThat(e).hasMessageContaining("missing.pem").hasMessageContaining("irods_ssl_ca_certificate_file");
    }

    @Test
    void aPamPasswordIsSpentOnceForManyConnections() throws Exception {
        AtomicInteger number = new AtomicInteger();
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.acceptTls(localhost.server());
            if (number.incrementAndGet() == 1) {
                peer.read();
                peer.json("{\"request_result\":\"derived\"}", 0);
            }
            peer.acceptPassword();
            if (number.get() == 1) {
                peer.read(); // and leaves: the second login follows
            } else {
                peer.read();
                peer.status(42);
                peer.read();
            }
        });
        opened.add(server);
        Account account = new Account(
                "alice", "z", "alice", "z", AuthenticationScheme.PAM_PASSWORD, Secret.of("pam-pw"), Secret.NONE);
        ConnectionPool pool = new ConnectionPool(
                new Endpoint("localhost", server.endpoint().port()),
                new SessionSettings(
                        account,
                        trusting(localhost, HostVerification.HOSTNAME),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        1),
                new Counters());
        opened.add(pool);
        Exchange lost = pool.connection(Lane.CATALOG).submit(Request.of(Api.OBJ_STAT, new byte[] {'x'}));
        assertThat(catchThrowableOfType(ConnectionException.class, lost::await).reason())
                .isEqualTo(Reason.UNAVAILABLE);
        Connection second = pool.connection(Lane.CATALOG);
        assertThat(second.submit(Request.of(Api.OBJ_STAT, new byte[] {'x'}))
                        .await()
                        .status())
                .isEqualTo(42);
        assertThat(server.received.stream().filter(TlsTest::holdsPassword).count())
                .isEqualTo(1);
    }

    private static boolean holdsPassword(String body) {
        int start = body.indexOf("<buf>");
        return start >= 0
                && new String(
                                Base64.getDecoder().decode(body.substring(start + 5, body.indexOf("</buf>"))),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .contains("pam-pw");
    }

    @Test
    void pamWithoutTlsSendsNothingAndIsRefused() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.read();
            peer.negotiate("CS_NEG_REFUSE");
            peer.read();
        });
        opened.add(server);
        ConnectionException e = catchThrowableOfType(
                ConnectionException.class,
                () -> connect(server.endpoint(), AuthenticationScheme.PAM_PASSWORD, TlsSettings.DEFAULT));
        assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
        assertThat(e).hasMessageContaining("TLS").hasMessageNotContaining("pw");
        assertThat(server.received).noneMatch(body -> body.contains("BinBytesBuf_PI"));
    }

    @ParameterizedTest
    @CsvSource({
        "CS_NEG_REQUIRE, CS_NEG_REQUIRE, TLS",
        "CS_NEG_REQUIRE, CS_NEG_DONT_CARE, TLS",
        "CS_NEG_REQUIRE, CS_NEG_REFUSE, FAILURE",
        "CS_NEG_DONT_CARE, CS_NEG_REQUIRE, TLS",
        "CS_NEG_DONT_CARE, CS_NEG_DONT_CARE, TLS",
        "CS_NEG_DONT_CARE, CS_NEG_REFUSE, PLAIN",
        "CS_NEG_REFUSE, CS_NEG_REQUIRE, FAILURE",
        "CS_NEG_REFUSE, CS_NEG_DONT_CARE, PLAIN",
        "CS_NEG_REFUSE, CS_NEG_REFUSE, PLAIN",
    })
    void clientAndServerAgreeByTheTable(NegotiationPolicy client, NegotiationPolicy server, Outcome outcome) {
        assertThat(client.with(server)).isEqualTo(outcome);
    }

    @Test
    void aNegotiationThatFailsSaysWhatBothWanted() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.read();
            peer.negotiate("CS_NEG_REFUSE");
            peer.read();
        });
        opened.add(server);
        ConnectionException e = catchThrowableOfType(
                ConnectionException.class,
                () -> connect(
                        server.endpoint(),
                        AuthenticationScheme.NATIVE,
                        TlsSettings.DEFAULT.withPolicy(NegotiationPolicy.CS_NEG_REQUIRE)));
        assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
        assertThat(e).hasMessageContaining("CS_NEG_REQUIRE").hasMessageContaining("CS_NEG_REFUSE");
        org.awaitility.Awaitility.await().until(() -> server.received.size() == 2);
        assertThat(server.received.getLast()).contains("CS_NEG_FAILURE");
    }

    @Test
    void withoutNegotiationNoneIsAskedFor() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.read();
            peer.send(MessageHeader.VERSION, 0, ScriptedServer.Peer.version("rods5.0.2"));
            peer.acceptPassword();
            peer.read();
        });
        opened.add(server);
        TlsSettings plain = new TlsSettings(
                false,
                NegotiationPolicy.CS_NEG_REFUSE,
                HostVerification.HOSTNAME,
                java.util.Optional.empty(),
                32,
                8,
                16,
                "AES-256-CBC");
        assertThat(connect(server.endpoint(), AuthenticationScheme.NATIVE, plain)
                        .isUsable())
                .isTrue();
        assertThat(server.received.getFirst()).doesNotContain("request_server_negotiation");
    }
}
