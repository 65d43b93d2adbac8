package org.omerods.storage.irods;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fastest upload that can be written down for comparison: sockets, prepared messages and nothing else. Logs in anew,
 * writes one object over several connections by the token of the first, and closes with a checksum, as the client does.
 */
final class RawUploader {
    private static final int PIECE = 4 << 20;
    private static final Pattern INFO = Pattern.compile("<intInfo>(-?[0-9]+)</intInfo>");
    private static final Pattern LENGTH = Pattern.compile("<(msgLen|errorLen|bsLen)>([0-9]+)</");

    private final String host;
    private final int port;

    RawUploader(String host, int port) {
        this.host = host;
        this.port = port;
    }

    private record Answer(int status, String body) {}

    private static final class Session implements AutoCloseable {
        final Socket socket;
        final DataInputStream in;
        final OutputStream out;

        Session(String host, int port) throws IOException {
            socket = new Socket(host, port);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void send(String type, int info, String body, byte[] data, int length) throws IOException {
            byte[] message = body.getBytes(StandardCharsets.UTF_8);
            byte[] header = ("<MsgHeader_PI><type>" + type + "</type><msgLen>" + message.length
                            + "</msgLen><errorLen>0</errorLen><bsLen>" + length + "</bsLen><intInfo>" + info
                            + "</intInfo></MsgHeader_PI>")
                    .getBytes(StandardCharsets.UTF_8);
            ByteBuffer start = ByteBuffer.allocate(4 + header.length + message.length);
            start.putInt(header.length).put(header).put(message);
            out.write(start.array());
            out.write(data, 0, length);
        }

        Answer receive() throws IOException {
            String header = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            Matcher info = INFO.matcher(header);
            int status = info.find() ? Integer.parseInt(info.group(1)) : 0;
            StringBuilder body = new StringBuilder();
            Matcher length = LENGTH.matcher(header);
            while (length.find()) {
                body.append(new String(in.readNBytes(Integer.parseInt(length.group(2))), StandardCharsets.UTF_8));
            }
            return new Answer(status, body.toString());
        }

        Answer call(int api, String body) throws IOException {
            send("RODS_API_REQ", api, body, new byte[0], 0);
            Answer answer = receive();
            if (answer.status() < 0) {
                throw new IOException("call " + api + " failed: " + answer.status());
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Uploads a file; returns when the close is answered. */
    void upload(Path file, String path, int connections) throws Exception {
        List<Session> sessions = new ArrayList<>();
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ);
                ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                sessions.add(login());
            }
            Answer first = sessions.getFirst().call(20_003, open(path, 577, "<ssLen>0</ssLen>"));
            String json = json(first.body());
            String keys = "<ssLen>2</ssLen><keyWord>resc_hier</keyWord><keyWord>replicaToken</keyWord><svalue>"
                    + text(json, "resource_hierarchy") + "</svalue><svalue>" + text(json, "replica_token")
                    + "</svalue>";
            List<Integer> descriptors = new ArrayList<>(List.of(first.status()));
            for (Session session : sessions.subList(1, connections)) {
                descriptors.add(session.call(20_003, open(path, 1, keys)).status());
            }
            long share = (content.size() / PIECE + connections) / connections * PIECE;
            List<Callable<Long>> shares = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Session session = sessions.get(i);
                int descriptor = descriptors.get(i);
                long from = share * i;
                shares.add(() -> write(session, descriptor, content, from, Math.min(share, content.size() - from)));
            }
            for (Future<Long> done : threads.invokeAll(shares)) {
                done.get();
            }
            for (int i = connections - 1; i >= 0; i--) {
                boolean last = i == 0;
                sessions.get(i)
                        .call(
                                20_004,
                                buffer("{\"fd\":" + descriptors.get(i) + ",\"update_size\":" + last
                                        + ",\"update_status\":" + last + ",\"compute_checksum\":" + last + "}"));
            }
        } finally {
            for (Session session : sessions) {
                session.close();
            }
        }
    }

    private static long write(Session session, int descriptor, FileChannel content, long from, long length)
            throws Exception {
        byte[] piece = new byte[PIECE];
        int answers = 0;
        session.send("RODS_API_REQ", 674, descriptor(descriptor, 0, from), piece, 0);
        answers++;
        for (long at = 0; at < length; at += PIECE) {
            int count = (int) Math.min(PIECE, length - at);
            content.read(ByteBuffer.wrap(piece, 0, count), from + at);
            session.send("RODS_API_REQ", 676, descriptor(descriptor, count, 0), piece, count);
            answers++;
        }
        for (; answers > 0; answers--) {
            if (session.receive().status() < 0) {
                throw new IOException("a write failed");
            }
        }
        return length;
    }

    private Session login() throws Exception {
        Session session = new Session(host, port);
        session.send(
                "RODS_CONNECT",
                0,
                "<StartupPack_PI><irodsProt>1</irodsProt><reconnFlag>0</reconnFlag>"
                        + "<connectCnt>0</connectCnt><proxyUser>rods</proxyUser><proxyRcatZone>tempZone</proxyRcatZone>"
                        + "<clientUser>rods</clientUser><clientRcatZone>tempZone</clientRcatZone>"
                        + "<relVersion>rods5.0.2</relVersion><apiVersion>d</apiVersion><option>raw</option>"
                        + "</StartupPack_PI>",
                new byte[0],
                0);
        session.receive();
        String ask = "\"scheme\":\"native\",\"user_name\":\"rods\",\"zone_name\":\"tempZone\"";
        Answer challenge =
                session.call(110_000, buffer("{" + ask + ",\"next_operation\":\"auth_agent_auth_request\"}"));
        String text = text(json(challenge.body()), "request_result");
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(java.util.Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 64));
        byte[] digest = md5.digest(java.util.Arrays.copyOf("rods".getBytes(StandardCharsets.UTF_8), 50));
        for (int i = 0; i < digest.length; i++) {
            digest[i] = digest[i] == 0 ? 1 : digest[i];
        }
        session.call(
                110_000,
                buffer("{" + ask + ",\"next_operation\":\"auth_agent_auth_response\",\"request_result\":\"" + text
                        + "\",\"digest\":\"" + Base64.getEncoder().encodeToString(digest) + "\"}"));
        return session;
    }

    private static String open(String path, int flags, String keys) {
        return "<DataObjInp_PI><objPath>" + path + "</objPath><createMode>384</createMode><openFlags>" + flags
                + "</openFlags><offset>0</offset><dataSize>-1</dataSize><numThreads>0</numThreads><oprType>0</oprType>"
                + "<KeyValPair_PI>" + keys + "</KeyValPair_PI></DataObjInp_PI>";
    }

    private static String descriptor(int descriptor, int length, long offset) {
        return "<OpenedDataObjInp_PI><l1descInx>" + descriptor + "</l1descInx><len>" + length
                + "</len><whence>0</whence><oprType>0</oprType><offset>" + offset + "</offset>"
                + "<bytesWritten>0</bytesWritten><KeyValPair_PI><ssLen>0</ssLen></KeyValPair_PI></OpenedDataObjInp_PI>";
    }

    private static String buffer(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return "<BinBytesBuf_PI><buflen>" + bytes.length + "</buflen><buf>"
                + Base64.getEncoder().encodeToString(bytes) + "</buf></BinBytesBuf_PI>";
    }

    private static String json(String body) {
        String base64 = body.substring(body.indexOf("<buf>") + 5, body.indexOf("</buf>"));
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String text(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + key + " in " + json);
        }
        return matcher.group(1);
    }
}
