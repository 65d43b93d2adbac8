package org.omerods.omero.wake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the loopback interface for the datagrams of OMERO's plugin, which say that a transaction was committed and
 * nothing more: {@code omerods-wake} and the token that both sides know. A wrong one is ignored, so that nobody else can
 * keep the companion busy. The listener is called on the socket's own thread and has to return soon.
 */
public final class WakeSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WakeSocket.class);

    private static final String GREETING = "omerods-wake ";

    /** Longer tokens are refused when they are read. */
    private static final int MAX_TOKEN_BYTES = 512;

    private final DatagramSocket socket;
    private final byte[] expected;
    private final Runnable listener;
    private final Thread thread;

    private WakeSocket(DatagramSocket socket, byte[] expected, Runnable listener) {
        this.socket = socket;
        this.expected = expected;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("omerods-wake").unstarted(this::listen);
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param tokenFile a file whose content is the token
     * @throws IOException when the port or the file cannot be used; the message says why and what to do
     */
    public static WakeSocket open(int port, Path tokenFile, Runnable listener) throws IOException {
        byte[] expected = (GREETING + token(tokenFile)).getBytes(StandardCharsets.UTF_8);
        DatagramSocket socket;
        try {
            socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for OMERO's plugin on UDP port " + port + " (" + e.getMessage()
                            + "): choose another omero.wake-port, here and in the plugin's omerods.properties",
                    e);
        }
        WakeSocket opened = new WakeSocket(socket, expected, listener);
        opened.thread.start();
        return opened;
    }

    private static String token(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.isEmpty() || token.length() > MAX_TOKEN_BYTES) {
            throw new IOException(file + ": a token has 1 to " + MAX_TOKEN_BYTES + " characters; make one with"
                    + " `openssl rand -hex 16`");
        }
        return token;
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void listen() {
        DatagramPacket packet = new DatagramPacket(new byte[2 * MAX_TOKEN_BYTES], 2 * MAX_TOKEN_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(packet.getData().length);
                socket.receive(packet);
                byte[] told = Arrays.copyOf(packet.getData(), packet.getLength());
                if (MessageDigest.isEqual(told, expected)) {
                    listener.run();
                } else {
                    log.debug("a datagram with a wrong token was ignored");
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    log.debug("a datagram was lost", e);
                }
            } catch (RuntimeException e) {
                log.warn("the companion could not be woken: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
