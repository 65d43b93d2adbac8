package org.omerods.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for this user's commands what only a mount's process can do. Each connection to its Unix socket, which lies in a folder
 * of this user alone, sends one line of JSON and gets lines of JSON until the work is done; the last one has {@code done} or
 * {@code error}. Whoever hangs up ends the work.
 */
public final class ControlServer implements AutoCloseable {
    static final String SUFFIX = ".control";

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Commands at a time; each is a thread. */
    private static final int MAX_CONVERSATIONS = 16;

    /** Does what is asked. */
    public interface Handler {
        /**
         * @param tell sends a line; throws when nobody listens any more
         * @return the last line, told as {@code done}
         */
        Object handle(JsonNode request, Teller tell) throws Exception;
    }

    /** Sends what is to be told meanwhile. */
    public interface Teller {
        void tell(Object line) throws IOException;
    }

    private final Path socket;
    private final ServerSocketChannel channel;
    private final Handler handler;
    private final Semaphore conversations = new Semaphore(MAX_CONVERSATIONS);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("control-", 0).factory());

    private ControlServer(Path socket, ServerSocketChannel channel, Handler handler) {
        this.socket = socket;
        this.channel = channel;
        this.handler = handler;
    }

    public static ControlServer start(StateFolder folder, Path mountPoint, Handler handler) throws IOException {
        Path socket = folder.file(mountPoint, SUFFIX);
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        ControlServer server = new ControlServer(socket, channel, handler);
        Thread.ofPlatform().name("omerods-control").daemon().start(server::accept);
        return server;
    }

    /**
     * Asks the process of a mount and waits for the end.
     *
     * @param progress gets the lines before the last one
     * @return what the last line tells
     * @throws IOException when nobody answers, or the work failed: then with its message
     */
    public static JsonNode ask(StateFolder folder, Path mountPoint, Object request, Consumer<JsonNode> progress)
            throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(folder.file(mountPoint, SUFFIX)))) {
            Channels.newOutputStream(socket)
                    .write((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader lines = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode told = JSON.readTree(line);
                if (told.has("error")) {
                    throw new IOException(told.get("error").asText());
                }
                if (told.has("done")) {
                    return told.get("done");
                }
                progress.accept(told);
            }
        }
        throw new IOException("the process of the mount on " + mountPoint + " ended meanwhile; its log may say why");
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                conversations.acquire();
                SocketChannel client = channel.accept();
                converseApart(client);
            } catch (ClosedChannelException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                conversations.release();
                log.debug("a command was not heard", e);
            }
        }
    }

    private void converseApart(SocketChannel client) throws IOException {
        try {
            threads.execute(() -> converse(client));
        } catch (RejectedExecutionException e) {
            client.close(); // the mount ends
        }
    }

    private void converse(SocketChannel client) {
        try (client) {
            BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
            String line = lines.readLine();
            if (line != null) {
                answer(client, line);
            }
        } catch (IOException e) {
            log.debug("whoever gave a command did not wait for its end", e);
        } finally {
            conversations.release();
        }
    }

    private void answer(SocketChannel client, String line) throws IOException {
        Object last;
        try {
            Teller teller = told -> send(client, told);
            last = Map.of("done", handler.handle(JSON.readTree(line), teller));
        } catch (ClosedChannelException e) {
            throw e;
        } catch (Exception e) {
            log.debug("the command {} failed", line, e);
            last = Map.of("error", String.valueOf(e.getMessage()));
        }
        send(client, last);
    }

    private static void send(SocketChannel client, Object line) throws IOException {
        Channels.newOutputStream(client).write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Interrupts what is under way. */
    @Override
    public void close() {
        try {
            // First its name: whoever came between would wait for an answer that nobody gives.
            Files.deleteIfExists(socket);
            channel.close();
        } catch (IOException e) {
            log.debug("control socket", e);
        }
        threads.shutdownNow();
    }
}
