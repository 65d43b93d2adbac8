package org.omerods.storage.irods.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection. */
final class PlainTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(PlainTransport.class);

    private final SocketChannel channel;

    private PlainTransport(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, trying each address of the host. */
    static PlainTransport connect(Endpoint endpoint, Duration timeout) throws IOException {
        IOException failure = new UnknownHostException(endpoint.host());
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            SocketChannel channel = SocketChannel.open();
            try {
                // Requests are gathered before they are written: waiting for more would only delay them.
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.socket().connect(new InetSocketAddress(address, endpoint.port()), (int) timeout.toMillis());
                return new PlainTransport(channel);
            } catch (IOException e) {
                failure = e;
                channel.close();
            }
        }
        throw failure;
    }

    Socket socket() {
        return channel.socket();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing a connection failed", e);
        }
    }
}
