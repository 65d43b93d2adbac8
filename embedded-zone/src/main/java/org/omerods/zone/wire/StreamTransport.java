package org.omerods.zone.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** A socket with streams, such as one with TLS on top of the accepted channel. */
final class StreamTransport implements Transport {
    /** One TLS record carries 16 KiB; a file is copied in pieces of 16 of them. */
    private static final int COPY_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    StreamTransport(Socket socket, SocketChannel channel) throws IOException {
        this.channel = channel;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        byte[] piece = new byte[Math.min(target.remaining(), COPY_BYTES)];
        int count = in.read(piece);
        if (count > 0) {
            target.put(piece, 0, count);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        out.write(bytes);
    }

    @Override
    public void send(FileChannel file, long position, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, COPY_BYTES));
        long sent = 0;
        while (sent < count) {
            piece.clear().limit((int) Math.min(piece.capacity(), count - sent));
            int step = file.read(piece, position + sent);
            if (step <= 0) {
                throw new EOFException("the file became shorter while it was sent");
            }
            out.write(piece.array(), 0, step);
            sent += step;
        }
    }

    /** Closes the channel below, without the farewell of TLS, which could wait for a client that does not read. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
