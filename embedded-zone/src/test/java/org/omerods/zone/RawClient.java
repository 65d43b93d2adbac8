package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The protocol by hand, so that the zone is not tested by its own reader and writer alone. For one thread. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    static final String NO_KEYS = "<KeyValPair_PI><ssLen>0</ssLen></KeyValPair_PI>";

    private Socket socket;
    private DataInputStream in;
    private DataOutputStream out;

    /** An answer: its status, body and binary part. */
    record Answer(String type, int status, String body, List<Byte> binary) {
        byte[] bytes() {
            byte[] result = new byte[binary.size()];
            for (int i = 0; i < result.length; i++) {
                result[i] = binary.get(i);
            }
            return result;
        }

        /** The content of the first element {@code tag}. */
        String text(String tag) {
            List<String> all = texts(tag);
            return all.isEmpty() ? "" : all.getFirst();
        }

        List<String> texts(String tag) {
            List<String> result = new ArrayList<>();
            Matcher matcher = Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL)
                    .matcher(body);
            while (matcher.find()) {
                result.add(matcher.group(1));
            }
            return result;
        }
    }

    RawClient(EmbeddedZone zone) throws IOException {
        this(zone.host(), zone.port());
    }

    RawClient(String host, int port) throws IOException {
        use(new Socket(host, port));
    }

    private void use(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects without negotiation and logs in. */
    static RawClient login(EmbeddedZone zone, String user, String password) throws IOException {
        return login(zone.host(), zone.port(), user, password);
    }

    static RawClient login(String host, int port, String user, String password) throws IOException {
        RawClient client = new RawClient(host, port);
        client.startup(user, "test");
        Answer answer = client.authenticate(user, password);
        if (answer.status() < 0) {
            client.close();
            throw new IOException("login refused: " + answer.status());
        }
        return client;
    }

    Answer startup(String user, String option) throws IOException {
        String person = "<proxyUser>" + user + "</proxyUser><proxyRcatZone>tempZone</proxyRcatZone><clientUser>" + user
                + "</clientUser><clientRcatZone>tempZone</clientRcatZone>";
        send(
                "RODS_CONNECT",
                0,
                "<StartupPack_PI><irodsProt>1</irodsProt><reconnFlag>0</reconnFlag><connectCnt>0</connectCnt>" + person
                        + "<relVersion>rods5.0.2</relVersion><apiVersion>d</apiVersion><option>" + option
                        + "</option></StartupPack_PI>",
                new byte[0]);
        return receive();
    }

    /** Tells the decision of the negotiation; returns the version. */
    Answer decide(String decision) throws IOException {
        send(
                "RODS_CS_NEG_T",
                0,
                "<CS_NEG_PI><status>1</status><result>cs_neg_result_kw=" + decision + ";</result></CS_NEG_PI>",
                new byte[0]);
        return receive();
    }

    /** Starts TLS, trusting {@code context}, and sends the key that nobody uses. */
    void startTls(SSLContext context) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        use(tls);
        sendHeader("<MsgHeader_PI><type>AES-256-CBC</type><msgLen>32</msgLen><errorLen>8</errorLen>"
                + "<bsLen>16</bsLen><intInfo>0</intInfo></MsgHeader_PI>");
        sendHeader("<MsgHeader_PI><type>SHARED_SECRET</type><msgLen>32</msgLen><errorLen>0</errorLen>"
                + "<bsLen>0</bsLen><intInfo>0</intInfo></MsgHeader_PI>");
        out.write(new byte[32]);
        out.flush();
    }

    Answer authenticate(String user, String password) throws IOException {
        String person = "\"scheme\":\"native\",\"user_name\":\"" + user + "\",\"zone_name\":\"tempZone\",";
        Answer first = json(110_000, "{" + person + "\"next_operation\":\"auth_agent_auth_request\"}");
        if (first.status() < 0) {
            return first;
        }
        String challenge = member(content(first), "request_result");
        return json(
                110_000,
                "{" + person + "\"next_operation\":\"auth_agent_auth_response\",\"digest\":\""
                        + Base64.getEncoder().encodeToString(digest(challenge, password)) + "\"}");
    }

    /** A text member of a flat JSON object. */
    static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"(.*?)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The text in the buffer of an answer. */
    static String content(Answer answer) {
        return new String(Base64.getDecoder().decode(answer.text("buf")), UTF_8).replace("\0", "");
    }

    private static byte[] digest(String challenge, String password) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(Arrays.copyOf(challenge.getBytes(UTF_8), 64));
            md5.update(Arrays.copyOf(password.getBytes(UTF_8), 50));
            byte[] digest = md5.digest();
            for (int i = 0; i < digest.length; i++) {
                digest[i] = digest[i] == 0 ? 1 : digest[i];
            }
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer json(int call, String json) throws IOException {
        byte[] text = json.getBytes(UTF_8);
        return call(
                call,
                "<BinBytesBuf_PI><buflen>" + text.length + "</buflen><buf>"
                        + Base64.getEncoder().encodeToString(text) + "</buf></BinBytesBuf_PI>");
    }

    static String dataObject(String path, int flags, long size, String keys) {
        return "<DataObjInp_PI><objPath>" + path + "</objPath><createMode>384</createMode><openFlags>" + flags
                + "</openFlags><offset>0</offset><dataSize>" + size
                + "</dataSize><numThreads>0</numThreads><oprType>0</oprType>"
                + keys + "</DataObjInp_PI>";
    }

    static String opened(int descriptor, int length, int whence, long offset) {
        return "<OpenedDataObjInp_PI><l1descInx>" + descriptor + "</l1descInx><len>" + length + "</len><whence>"
                + whence
                + "</whence><oprType>0</oprType><offset>" + offset + "</offset><bytesWritten>0</bytesWritten>" + NO_KEYS
                + "</OpenedDataObjInp_PI>";
    }

    Answer stat(String path) throws IOException {
        return call(633, dataObject(path, 0, 0, NO_KEYS));
    }

    /** Opens; returns the descriptor or the error. */
    int open(String path, int flags) throws IOException {
        return call(602, dataObject(path, flags, -1, NO_KEYS)).status();
    }

    Answer read(int descriptor, int length) throws IOException {
        return call(675, opened(descriptor, length, 0, 0));
    }

    int write(int descriptor, byte[] content) throws IOException {
        send("RODS_API_REQ", 676, opened(descriptor, content.length, 0, 0), content);
        return receive().status();
    }

    int closeObject(int descriptor) throws IOException {
        return call(673, opened(descriptor, 0, 0, 0)).status();
    }

    int makeCollection(String path) throws IOException {
        return call(
                        681,
                        "<CollInpNew_PI><collName>" + path + "</collName><flags>0</flags><oprType>0</oprType>" + NO_KEYS
                                + "</CollInpNew_PI>")
                .status();
    }

    int put(String path, byte[] content) throws IOException {
        String keys = "<KeyValPair_PI><ssLen>2</ssLen><keyWord>dataIncluded</keyWord><keyWord>forceFlag</keyWord>"
                + "<svalue></svalue><svalue></svalue></KeyValPair_PI>";
        send("RODS_API_REQ", 606, dataObject(path, 0, content.length, keys), content);
        return receive().status();
    }

    /** One page of a GenQuery 1 over one condition. */
    Answer query(int maxRows, int continueIndex, List<Integer> columns, int column, String condition)
            throws IOException {
        StringBuilder selected = new StringBuilder("<InxIvalPair_PI><iiLen>" + columns.size() + "</iiLen>");
        columns.forEach(number -> selected.append("<inx>").append(number).append("</inx>"));
        columns.forEach(number -> selected.append("<ivalue>1</ivalue>"));
        return call(
                702,
                "<GenQueryInp_PI><maxRows>" + maxRows + "</maxRows><continueInx>" + continueIndex
                        + "</continueInx><partialStartIndex>0</partialStartIndex><options>0</options>" + NO_KEYS
                        + selected
                        + "</InxIvalPair_PI><InxValPair_PI><isLen>1</isLen><inx>" + column + "</inx><svalue>"
                        + condition
                        + "</svalue></InxValPair_PI></GenQueryInp_PI>");
    }

    Answer call(int number, String body) throws IOException {
        send("RODS_API_REQ", number, body, new byte[0]);
        return receive();
    }

    /** Sends without waiting for the answer. */
    void send(String type, int number, String body, byte[] binary) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] header = ("<MsgHeader_PI><type>" + type + "</type><msgLen>" + bytes.length
                        + "</msgLen><errorLen>0</errorLen><bsLen>" + binary.length + "</bsLen><intInfo>" + number
                        + "</intInfo></MsgHeader_PI>")
                .getBytes(UTF_8);
        new DataOutputStream(message).writeInt(header.length);
        message.write(header);
        message.write(bytes);
        message.write(binary);
        out.write(message.toByteArray());
        out.flush();
    }

    private void sendHeader(String header) throws IOException {
        out.writeInt(header.length());
        out.write(header.getBytes(UTF_8));
        out.flush();
    }

    Answer receive() throws IOException {
        String header = new String(in.readNBytes(in.readInt()), UTF_8);
        byte[] body = exactly(length(header, "msgLen"));
        exactly(length(header, "errorLen"));
        byte[] binary = exactly(length(header, "bsLen"));
        List<Byte> boxed = new ArrayList<>(binary.length);
        for (byte b : binary) {
            boxed.add(b);
        }
        Matcher type = Pattern.compile("<type>(.*?)</type>").matcher(header);
        return new Answer(type.find() ? type.group(1) : "", length(header, "intInfo"), new String(body, UTF_8), boxed);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static int length(String header, String tag) {
        Matcher matcher = Pattern.compile("<" + tag + ">\\s*(-?\\d+)").matcher(header);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
