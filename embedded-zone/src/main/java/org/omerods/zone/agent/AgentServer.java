package org.omerods.zone.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.zone.wire.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and gives each a thread of its own. Thread safe.
 *
 * <p>Platform threads, not virtual ones: catalog calls are native and would hold the few carrier threads.
 */
public final class AgentServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentServer.class);

    /** More connections than a mount, a test or a demo opens; each one costs a thread and 256 KiB. */
    private static final int MAX_CONNECTIONS = 500;

    /** How long a close waits for an agent that is in the middle of a call. */
    private static final long CLOSE_WAIT_SECONDS = 5;

    private final ZoneServices zone;
    private final CallTable calls = new CallTable();
    private final ServerSocketChannel listener;
    private final Map<Link, Thread> agents = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private volatile boolean closed;

    private AgentServer(ZoneServices zone, ServerSocketChannel listener) {
        this.zone = zone;
        this.listener = listener;
        this.acceptor = Thread.ofPlatform().name("zone-accept").daemon().unstarted(this::accept);
    }

    /** Listens on {@code address}. */
    public static AgentServer listen(ZoneServices zone, InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address);
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        AgentServer server = new AgentServer(zone, listener);
        server.acceptor.start();
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Drops all connections now, without a word to their clients. */
    public void dropConnections() {
        agents.keySet().forEach(AgentServer::closeQuietly);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        dropConnections();
        for (Thread agent : agents.values()) {
            join(agent);
        }
    }

    /** Waits for an agent to settle what its client left; an interrupt would close the files that it settles. */
    private static void join(Thread agent) {
        if (agent.getState() == Thread.State.NEW) {
            return; // accepted in the moment of closing: it will find its connection closed
        }
        try {
            if (!agent.join(Duration.ofSeconds(CLOSE_WAIT_SECONDS))) {
                log.warn("{} did not end in {} s", agent.getName(), CLOSE_WAIT_SECONDS);
                agent.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                welcome(listener.accept());
            } catch (IOException e) {
                if (!closed) {
                    log.warn("cannot accept a connection: {}", e.getMessage());
                }
            }
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        if (zone.faults().refusesConnections() || agents.size() >= MAX_CONNECTIONS) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
            return;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        zone.traffic().connectionOpened();
        Link link = new Link(channel, zone.faults(), zone.traffic());
        Thread thread = Thread.ofPlatform()
                .name("zone-agent-" + zone.traffic().accepted())
                .daemon()
                .unstarted(() -> {
                    try {
                        new Agent(zone, calls, link).run();
                    } finally {
                        agents.remove(link);
                        zone.traffic().connectionClosed();
                    }
                });
        agents.put(link, thread);
        thread.start();
    }

    private static void closeQuietly(Link link) {
        try {
            link.close();
        } catch (IOException e) {
            log.debug("a connection did not close: {}", e.getMessage());
        }
    }
}
