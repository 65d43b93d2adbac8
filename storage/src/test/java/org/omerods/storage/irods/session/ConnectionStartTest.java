package org.omerods.storage.irods.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.wire.MessageHeader;

/** How a connection begins, with good and with strange servers. */
@Timeout(30)
class ConnectionStartTest {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Counters counters = new Counters();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
    }

    private ScriptedServer server(ScriptedServer.Script script) throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.acceptLogin();
            script.serve(peer);
        });
        opened.add(server);
        return server;
    }

    private Connection connect(ScriptedServer server) throws Exception {
        ConnectionPool pool = new ConnectionPool(server.endpoint(), settings(Duration.ofMillis(500)), counters);
        opened.add(pool);
        return pool.connection(Lane.CATALOG);
    }

    static SessionSettings settings(Duration readTimeout) {
        Account account = new Account(
                "alice",
                "tempZone",
                "alice",
                "tempZone",
                AuthenticationScheme.NATIVE,
                Secret.of("alicepass"),
                Secret.NONE);
        return new SessionSettings(account, TlsSettings.DEFAULT, Duration.ofSeconds(5), readTimeout, 1);
    }

    @Test
    void aPasswordIsNeverSent() throws Exception {
        ScriptedServer server = server(ScriptedServer.Peer::read);
        connect(server);
        assertThat(server.received).hasSize(4).noneMatch(body -> body.contains("alicepass"));
        assertThat(server.received)
                .noneMatch(body ->
                        body.contains(java.util.Base64.getEncoder().encodeToString("alicepass".getBytes(UTF_8))));
    }

    @Test
    void aServerThatIsSilentAtTheStartIsATimeout() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.read();
            peer.read();
        });
        opened.add(server);
        ConnectionException e = catchThrowableOfType(ConnectionException.class, () -> connect(server));
        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(e).hasMessageContaining(server.endpoint().toString());
    }

    @Test
    void aServerThatIsNoneIsNamedSo() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
            peer.out.flush();
        });
        opened.add(server);
        ConnectionException e = catchThrowableOfType(ConnectionException.class, () -> connect(server));
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(e).hasMessageContaining("does not speak iRODS");
    }

    @Test
    void anOldServerIsRefusedByName() throws Exception {
        ScriptedServer server = new ScriptedServer(peer -> {
            peer.read();
            peer.send(
                    MessageHeader.NEGOTIATION,
                    0,
                    "<CS_NEG_PI><status>1</status><result>CS_NEG_REFUSE</result></CS_NEG_PI>");
            peer.read();
            peer.send(MessageHeader.VERSION, 0, ScriptedServer.Peer.version("rods4.2.12"));
            peer.read();
        });
        opened.add(server);
        ConnectionException e = catchThrowableOfType(ConnectionException.class, () -> connect(server));
        assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(e).hasMessageContaining("rods4.2.12");
    }
}
