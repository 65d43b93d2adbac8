package org.omerods.bench.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy that hands each chunk on as late as a line of that rate and length would. Works without root, but hides TCP's
 * slow start and windows: figures over it flatter whoever waits for them. Thread-safe.
 */
public final class ProxyLink implements Link {
    private static final Logger log = LoggerFactory.getLogger(ProxyLink.class);

    private final ServerSocket listener;
    private final ProxyLine toServer;
    private final ProxyLine toClient;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final LongAdder connections = new LongAdder();
    private volatile int serverPort;

    private ProxyLink(ServerSocket listener, LinkShape shape) {
        this.listener = listener;
        this.toServer = new ProxyLine(shape);
        this.toClient = new ProxyLine(shape);
    }

    public static ProxyLink open(LinkShape shape) throws IOException {
        return new ProxyLink(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), shape);
    }

    @Override
    public Kind kind() {
        return Kind.PROXY;
    }

    @Override
    public List<String> serverSide(List<String> command) {
        return command;
    }

    @Override
    public String serverAddress() {
        return "127.0.0.1";
    }

    @Override
    public String connectTo(int port) {
        serverPort = port;
        Thread.ofVirtual().name("proxy-accept").start(this::accept);
        return serverAddress();
    }

    @Override
    public int clientPort() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                Socket server = new Socket();
                sockets.add(server);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                connections.increment();
                toServer.carry(client, server);
                toClient.carry(server, client);
            } catch (IOException e) {
                log.debug("proxy: {}", e.toString());
            }
        }
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("connections", connections.sum());
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(ProxyLink::closeQuietly);
    }

    private static void closeQuietly(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("proxy: {}", e.toString());
        }
    }
}
