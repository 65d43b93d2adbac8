package org.omerods.zone.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** TCP without TLS: files go from the page cache to the socket without passing through the heap. */
final class PlainTransport implements Transport {
    private final SocketChannel channel;

    PlainTransport(SocketChannel channel) {
        this.channel = channel;
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
    public void send(FileChannel file, long position, long count) throws IOException {
        long sent = 0;
        while (sent < count) {
            long step = file.transferTo(position + sent, count - sent, channel);
            if (step <= 0) {
                throw new EOFException("the file became shorter while it was sent");
            }
            sent += step;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
