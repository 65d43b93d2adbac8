package org.omerods.fs.mounted;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A long line between a client and a server on this machine: each byte arrives half a round trip after it was sent, any
 * number at the same time. Works on the stream, so TCP's slow start is not part of it. Can cut connections.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int PIECE_BYTES = 64 * 1024;
    /** As much as a real line of 30 ms holds at some Gbit/s; more is back-pressure. */
    private static final int PIECES_UNDER_WAY = 512;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final long halfNanos;
    private final long cutAfterBytes;
    private final int cutEvery;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Some bytes and when they arrive, by System.nanoTime. None: the end of the stream. */
    private record Piece(ByteBuffer bytes, long due) {}

    /**
     * Starts forwarding.
     *
     * @param cutEvery each so many-th connection is cut; 0 for none
     * @param cutAfterBytes how many bytes of the server it brings before
     */
    public DelayProxy(String host, int port, Duration roundTrip, int cutEvery, long cutAfterBytes) throws IOException {
        this.target = new InetSocketAddress(host, port);
        this.halfNanos = roundTrip.toNanos() / 2;
        this.cutEvery = cutEvery;
        this.cutAfterBytes = cutAfterBytes;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were cut so far. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket();
                sockets.add(client);
                sockets.add(upstream);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                upstream.connect(target);
                boolean cut = cutEvery > 0 && accepted.incrementAndGet() % cutEvery == 0;
                pump(client, upstream, Long.MAX_VALUE);
                pump(upstream, client, cut ? cutAfterBytes : Long.MAX_VALUE);
            } catch (IOException e) {
                // the server is away or the proxy is closed: the client sees its connection end
            }
        }
    }

    private void pump(Socket from, Socket to, long limit) {
        BlockingQueue<Piece> line = new LinkedBlockingQueue<>(PIECES_UNDER_WAY);
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[PIECE_BYTES];
            long left = limit;
            try {
                InputStream in = from.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    int taken = (int) Math.min(n, left);
                    line.put(new Piece(ByteBuffer.wrap(Arrays.copyOf(buffer, taken)), System.nanoTime() + halfNanos));
                    left -= taken;
                    if (left == 0) {
                        cuts.incrementAndGet();
                        break;
                    }
                }
            } catch (IOException | InterruptedException e) {
                // ends like the end of the stream
            }
            line.add(new Piece(ByteBuffer.allocate(0), System.nanoTime() + halfNanos));
        });
        Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = to.getOutputStream();
                for (Piece piece = line.take(); piece.bytes().hasRemaining(); piece = line.take()) {
                    for (long wait = piece.due() - System.nanoTime();
                            wait > 0;
                            wait = piece.due() - System.nanoTime()) {
                        LockSupport.parkNanos(wait);
                    }
                    out.write(piece.bytes().array());
                }
            } catch (IOException | InterruptedException e) {
                // the other side is gone
            } finally {
                close(from);
                close(to);
            }
        });
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
