package org.omerods.storage.irods.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.MessageHeader;
import org.omerods.storage.irods.wire.ObjectMessages;

/** What a connection makes of good and of broken answers. */
@Timeout(30)
class ConnectionTest {
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

    private static Request read(ByteBuffer target) {
        return Request.receiving(Api.DATA_OBJ_READ, ObjectMessages.read(3, target.remaining()), target);
    }

    private static Reason reasonOf(Exchange exchange) {
        return catchThrowableOfType(ConnectionException.class, exchange::await).reason();
    }

    @Test
    void repliesGoToTheirRequestsInOrder() throws Exception {
        ScriptedServer server = server(peer -> {
            for (byte i = 0; i < 100; i++) {
                peer.read();
                peer.binary(10, new byte[] {i, i, i, i, i, i, i, i, i, i});
            }
            peer.read();
        });
        Connection connection = connect(server);
        List<ByteBuffer> targets = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            targets.add(ByteBuffer.allocate(10));
            exchanges.add(connection.submit(read(targets.getLast())));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(exchanges.get(i).await().binaryBytes()).isEqualTo(10);
            assertThat(targets.get(i).array()).containsOnly(i);
        }
    }

    @Test
    void aCutReplyFailsEveryWaiterAndDeliversNothing() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.read();
            peer.send(new MessageHeader(MessageHeader.API_REPLY, 0, 0, 1000, 1000), new byte[500]);
        });
        Connection connection = connect(server);
        Exchange first = connection.submit(read(ByteBuffer.allocate(1000)));
        Exchange second = connection.submit(read(ByteBuffer.allocate(1000)));
        assertThat(reasonOf(first)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reasonOf(second)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(connection.isUsable()).isFalse();
    }

    @Test
    void moreBytesThanAskedForBreakTheProtocol() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.binary(1001, new byte[1001]);
            peer.read();
        });
        Exchange exchange = connect(server).submit(read(ByteBuffer.allocate(1000)));
        assertThat(reasonOf(exchange)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aStatusThatContradictsTheBytesBreaksTheProtocol() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.binary(1000, new byte[999]);
            peer.read();
        });
        Exchange exchange = connect(server).submit(read(ByteBuffer.allocate(1000)));
        assertThat(reasonOf(exchange)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aHeaderOfAGigabyteBreaksTheProtocol() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.out.write(new byte[] {0x40, 0, 0, 0, '<', 'M'});
            peer.out.flush();
            peer.read();
        });
        Exchange exchange = connect(server).submit(read(ByteBuffer.allocate(10)));
        assertThat(reasonOf(exchange)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aReplyLongerThanAnnouncedBreaksTheProtocolForTheNext() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.read();
            peer.send(new MessageHeader(MessageHeader.API_REPLY, 0, 0, 4, 4), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            peer.read();
        });
        Connection connection = connect(server);
        ByteBuffer target = ByteBuffer.allocate(4);
        Exchange first = connection.submit(read(target));
        Exchange second = connection.submit(read(ByteBuffer.allocate(4)));
        assertThat(first.await().binaryBytes()).isEqualTo(4);
        assertThat(target.array()).containsExactly(1, 2, 3, 4);
        assertThat(reasonOf(second)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aReplyThatNobodyAskedForEndsTheConnection() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.status(0);
            peer.read();
        });
        Connection connection = connect(server);
        org.awaitility.Awaitility.await().until(() -> !connection.isUsable());
    }

    @Test
    void bodyAndErrorStackOfAFailedCallAreConsumed() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            String body = "<x>y</x>";
            String stack = """
                    <RError_PI>
                    <count>1</count>
                    <RErrMsg_PI>
                    <status>-818000</status>
                    <msg>no</msg>
                    </RErrMsg_PI>
                    </RError_PI>
                    """;
            peer.send(
                    new MessageHeader(MessageHeader.API_REPLY, body.length(), stack.length(), 0, -818000),
                    (body + stack).getBytes(UTF_8));
            peer.read();
            peer.status(7);
            peer.read();
        });
        Connection connection = connect(server);
        Reply failed =
                connection.submit(Request.of(Api.COLL_CREATE, new byte[] {'x'})).await();
        assertThat(failed.failure("make", "/x").reason()).isEqualTo(Reason.ACCESS_DENIED);
        assertThat(failed.describe())
                .contains("-818000 CAT_NO_ACCESS_PERMISSION")
                .contains("(no)");
        assertThat(connection
                        .submit(Request.of(Api.OBJ_STAT, new byte[] {'x'}))
                        .await()
                        .status())
                .isEqualTo(7);
    }

    @Test
    void aSilentServerIsATimeout() throws Exception {
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.read();
        });
        Exchange exchange = connect(server).submit(read(ByteBuffer.allocate(10)));
        long start = System.nanoTime();
        assertThat(reasonOf(exchange)).isEqualTo(Reason.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anInterruptedWaiterGetsItsBufferBackUntouched() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedServer server = server(peer -> {
            peer.read();
            answer.await();
            peer.binary(10, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
            peer.read();
            peer.status(5);
            peer.read();
        });
        Connection connection = connect(server);
        ByteBuffer target = ByteBuffer.allocate(10);
        Exchange exchange = connection.submit(read(target));
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                exchange.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (ConnectionException e) {
                throw new AssertionError(e);
            }
        });
        waiter.interrupt();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        answer.countDown();
        assertThat(connection
                        .submit(Request.of(Api.OBJ_STAT, new byte[] {'x'}))
                        .await()
                        .status())
                .isEqualTo(5);
        assertThat(target.array()).containsOnly(0);
    }

    @Test
    void aReaderThatGivesUpInTheMiddleOfItsBytesGetsItsBufferBackAtOnce() throws Exception {
        int size = 1 << 20;
        ScriptedServer server = server(peer -> {
            peer.read();
            peer.send(new MessageHeader(MessageHeader.API_REPLY, 0, 0, size, size), new byte[size / 2]);
            peer.read(); // and never the rest
        });
        Connection connection = connect(server);
        ByteBuffer target = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            target.put(i, (byte) 1);
        }
        Exchange exchange = connection.submit(read(target));
        org.awaitility.Awaitility.await().until(() -> target.get(size / 2 - 1) == 0);
        long start = System.nanoTime();
        exchange.abandon();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(450));
        assertThat(connection.isUsable()).isFalse();
        assertThat(target.get(size / 2)).isEqualTo((byte) 1);
    }

    @Test
    void repliesAreReadWhileRequestsAreStillSent() throws Exception {
        // The server sends 32 MiB of answers before it reads on, while the client sends 32 MiB: without a thread that
        // always reads, both would wait for ever.
        int count = 32;
        byte[] block = new byte[1024 * 1024];
        ScriptedServer server = server(peer -> {
            for (int i = 0; i < count; i++) {
                peer.read();
                peer.binary(block.length, block);
            }
            peer.read();
        });
        Connection connection = connect(server);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            exchanges.addAll(connection.submitAll(
                    List.of(Request.receiving(Api.DATA_OBJ_READ, block, ByteBuffer.allocate(block.length)))));
        }
        for (Exchange exchange : exchanges) {
            assertThat(exchange.await().binaryBytes()).isEqualTo(block.length);
        }
    }

    @Test
    void aRetiredConnectionStillAnswersWhatIsUnderWay() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedServer server = server(peer -> {
            peer.read();
            answer.await();
            peer.status(3);
            peer.read();
        });
        Connection connection = connect(server);
        Exchange exchange = connection.submit(Request.of(Api.OBJ_STAT, new byte[] {'x'}));
        connection.retire();
        assertThat(connection.isUsable()).isFalse();
        answer.countDown();
        assertThat(exchange.await().status()).isEqualTo(3);
        assertThat(catchThrowableOfType(
                                ConnectionException.class,
                                () -> connection.submit(Request.of(Api.OBJ_STAT, new byte[] {'x'})))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }
}
