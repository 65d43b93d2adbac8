package org.omerods.cli.daemon;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who asks how a mount is doing: each connection to its Unix socket gets one JSON document and is closed. Nothing is
 * read from it, so that nobody can make it do anything.
 */
public final class StatusServer implements AutoCloseable {
    static final String SUFFIX = ".sock";

    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerSocketChannel channel;
    private final Thread thread;

    private StatusServer(ServerSocketChannel channel, Supplier<?> status) {
        this.channel = channel;
        this.thread = Thread.ofPlatform().name("omerods-status").daemon().unstarted(() -> serve(status));
    }

    /**
     * Starts answering.
     *
     * @param status what to tell, turned into JSON
     */
    public static StatusServer start(StateFolder folder, Path mountPoint, Supplier<?> status) throws IOException {
        Path socket = folder.file(mountPoint, SUFFIX);
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        StatusServer server = new StatusServer(channel, status);
        server.thread.start();
        return server;
    }

    /** Asks the server of a mount. */
    public static String ask(StateFolder folder, Path mountPoint) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(folder.file(mountPoint, SUFFIX)))) {
            return new String(
                    java.nio.channels.Channels.newInputStream(socket).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private void serve(Supplier<?> status) {
        while (channel.isOpen()) {
            try (SocketChannel client = channel.accept()) {
                ByteBuffer answer = ByteBuffer.wrap(JSON.writeValueAsBytes(status.get()));
                while (answer.hasRemaining()) {
                    client.write(answer);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                log.debug("a question for the status was not answered", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("status socket", e);
        }
    }
}
