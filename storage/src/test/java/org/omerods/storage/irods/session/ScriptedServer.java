package org.omerods.storage.irods.session;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.MessageHeader;

/** A server that does what a test tells it, message by message, with mistakes where wanted. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /** Everything that clients sent as message bodies, in order of arrival. */
    final List<String> received = new CopyOnWriteArrayList<>();

    /** What happens on a connection after the login. */
    interface Script {
        void serve(Peer peer) throws Exception;
    }

    record Message(MessageHeader header, String body) {}

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Peer(socket));
        } catch (Exception e) {
            // the client went, or the script ended by leaving
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The server's end of one connection. */
    final class Peer {
        private final Socket socket;
        private DataInputStream in;
        OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        }

        Message read() throws IOException, MalformedMessage {
            MessageHeader header = MessageHeader.parse(in.readNBytes(in.readInt()));
            String body = new String(in.readNBytes(header.messageLength()), StandardCharsets.UTF_8);
            in.readNBytes(header.binaryLength());
            received.add(body);
            return new Message(header, body);
        }

        /** Answers as the recorded server does, until the client is logged in. */
        void acceptLogin() throws IOException, MalformedMessage {
            read();
            negotiate("CS_NEG_REFUSE");
            acceptPassword();
        }

        void acceptPassword() throws IOException, MalformedMessage {
            answerChallenge(0);
        }

        /** The two steps of a native login, the second with this status. */
        void answerChallenge(int status) throws IOException, MalformedMessage {
            read();
            json("{\"request_result\":\"" + "a1".repeat(32) + "\"}", 0);
            read();
            if (status < 0) {
                status(status);
            } else {
                json("{}", 0);
            }
        }

        /** Negotiates TLS and reads the secret that follows; gives back its header and the algorithm's. */
        List<MessageHeader> acceptTls(SSLContext context) throws IOException, MalformedMessage {
            read();
            negotiate("CS_NEG_REQUIRE");
            SSLSocket encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
            encrypted.setUseClientMode(false);
            in = new DataInputStream(encrypted.getInputStream());
            out = new BufferedOutputStream(encrypted.getOutputStream(), 1 << 16);
            MessageHeader algorithm = MessageHeader.parse(in.readNBytes(in.readInt()));
            MessageHeader secret = MessageHeader.parse(in.readNBytes(in.readInt()));
            in.readNBytes(secret.messageLength());
            return List.of(algorithm, secret);
        }

        /** Tells what this server wishes, hears what comes out of it, and says who it is. */
        void negotiate(String wish) throws IOException, MalformedMessage {
            send(
                    MessageHeader.NEGOTIATION,
                    0,
                    "<CS_NEG_PI>\n<status>1</status>\n<result>" + wish + "</result>\n</CS_NEG_PI>\n");
            read();
            send(MessageHeader.VERSION, 0, version("rods5.0.2"));
        }

        static String version(String release) {
            return "<Version_PI>\n<status>0</status>\n<relVersion>" + release
                    + "</relVersion>\n<apiVersion>d</apiVersion>\n"
                    + "<reconnPort>0</reconnPort>\n<reconnAddr></reconnAddr>\n<cookie>400</cookie>\n</Version_PI>\n";
        }

        void json(String json, int status) throws IOException {
            String base64 = Base64.getEncoder().encodeToString((json + "\0").getBytes(StandardCharsets.UTF_8));
            send(
                    MessageHeader.API_REPLY,
                    status,
                    "<BinBytesBuf_PI>\n<buflen>" + (json.length() + 1) + "</buflen>\n<buf>" + base64
                            + "</buf>\n</BinBytesBuf_PI>\n");
        }

        void send(String type, int info, String body) throws IOException {
            send(new MessageHeader(type, body.length(), 0, 0, info), body.getBytes(StandardCharsets.UTF_8));
        }

        void status(int status) throws IOException {
            send(MessageHeader.API_REPLY, status, "");
        }

        void binary(int status, byte[] bytes) throws IOException {
            send(new MessageHeader(MessageHeader.API_REPLY, 0, 0, bytes.length, status), bytes);
        }

        void send(MessageHeader header, byte[] rest) throws IOException {
            out.write(header.toBytes());
            out.write(rest);
            out.flush();
        }
    }
}
