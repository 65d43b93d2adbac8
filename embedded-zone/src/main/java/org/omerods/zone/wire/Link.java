package org.omerods.zone.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/**
 * Messages to and from one client.
 *
 * <p>One thread reads and writes; {@link #close} may be called by any. Replies leave in the order in which they are written.
 */
public final class Link implements Closeable {
    /** A real header is under 1,200 bytes; anything longer is no header. */
    private static final int MAX_HEADER = 1_200;

    /** The largest body that a client has a reason to send: thousands of AVUs in one call. */
    private static final int MAX_BODY = 64 * 1024 * 1024;

    /** Up to here a payload is copied behind its header, one packet instead of two system calls. */
    private static final int INLINE_PAYLOAD = 64 * 1024;

    /** Room for one piece of a large write on its way from the socket to the file. */
    private static final int INPUT_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES).limit(0);
    private FaultyTransport transport;

    public Link(SocketChannel channel, Faults faults, Traffic traffic) {
        this.channel = channel;
        this.transport = new FaultyTransport(new PlainTransport(channel), faults, traffic, faults.bytesBeforeCut());
    }

    /** The channel below, for TLS on top of it. */
    public SocketChannel channel() {
        return channel;
    }

    /** Goes on over {@code socket}, a TLS socket on top of this link's channel. */
    public void continueOver(Socket socket) throws IOException {
        if (input.hasRemaining()) {
            throw new IOException("the client spoke before the TLS handshake");
        }
        transport = transport.over(new StreamTransport(socket, channel));
    }

    /** The first bytes of the next message: its length, as read; throws {@link EOFException} at the end of the stream. */
    public int readLength() throws IOException {
        fill(4);
        return input.getInt();
    }

    /** Reads a header of {@code length} bytes. */
    public MessageHeader readHeader(int length) throws IOException, ApiException {
        if (length <= 0 || length > MAX_HEADER) {
            throw new IOException("a header of " + length + " bytes");
        }
        return MessageHeader.read(readBytes(length));
    }

    /** Reads the body that {@code header} announces, and passes over an error stack, which clients do not send. */
    public byte[] readBody(MessageHeader header) throws IOException {
        if (header.bodyLength() > MAX_BODY) {
            throw new IOException("a body of " + header.bodyLength() + " bytes");
        }
        byte[] body = readBytes(header.bodyLength());
        skip(header.errorLength());
        return body;
    }

    /** Reads exactly {@code length} bytes. */
    public byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            fill(1);
            int step = Math.min(length - done, input.remaining());
            input.get(bytes, done, step);
            done += step;
        }
        return bytes;
    }

    /** Copies {@code length} bytes of the binary part into {@code file}, from {@code position} on. */
    public void receive(FileChannel file, long position, long length) throws IOException {
        long done = 0;
        while (done < length) {
            fill((int) Math.min(length - done, 1));
            int step = (int) Math.min(length - done, input.remaining());
            ByteBuffer piece = input.slice(input.position(), step);
            while (piece.hasRemaining()) {
                file.write(piece, position + done + piece.position());
            }
            input.position(input.position() + step);
            done += step;
        }
    }

    /** Passes over {@code length} bytes. */
    public void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            fill(1);
            int step = (int) Math.min(left, input.remaining());
            input.position(input.position() + step);
            left -= step;
        }
    }

    /** Writes a message of {@code type}. */
    public void write(String type, Reply reply) throws IOException {
        Payload payload = reply.payload();
        try {
            writePacked(type, reply, payload);
        } finally {
            if (payload instanceof Payload.FileRegion region && region.closes()) {
                region.file().close();
            }
        }
    }

    private void writePacked(String type, Reply reply, Payload payload) throws IOException {
        ByteBuffer out = pack(type, reply, payload.length() <= INLINE_PAYLOAD ? (int) payload.length() : 0);
        switch (payload) {
            case Payload.None none -> transport.write(out.flip());
            case Payload.FileRegion region
            when region.length() <= INLINE_PAYLOAD -> {
                readRegion(region, out);
                transport.write(out.flip());
            }
            case Payload.FileRegion region -> {
                transport.write(out.flip());
                transport.send(region.file(), region.position(), region.length());
            }
        }
    }

    /** Writes the first half of a message, for the test of clients, and closes. */
    public void writeHalf(String type, Reply reply) throws IOException {
        int payload = (int) Math.min(reply.payload().length(), MAX_BODY);
        ByteBuffer out = pack(type, reply, payload);
        if (reply.payload() instanceof Payload.FileRegion region) {
            readRegion(new Payload.FileRegion(region.file(), region.position(), payload, false), out);
        }
        out.flip();
        transport.write(out.limit(Math.max(1, out.limit() - Math.max(1, out.limit() / 2))));
        close();
    }

    /** Writes bytes without a frame. */
    public void writeRaw(byte[] bytes) throws IOException {
        transport.write(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private static ByteBuffer pack(String type, Reply reply, int spare) {
        byte[] header = new MessageHeader(
                        type,
                        reply.body().length,
                        reply.errorStack().length,
                        Math.toIntExact(reply.payload().length()),
                        reply.status())
                .bytes();
        return ByteBuffer.allocate(4 + header.length + reply.body().length + reply.errorStack().length + spare)
                .putInt(header.length)
                .put(header)
                .put(reply.body())
                .put(reply.errorStack());
    }

    private static void readRegion(Payload.FileRegion region, ByteBuffer out) throws IOException {
        long done = 0;
        while (done < region.length()) {
            int step = region.file().read(out, region.position() + done);
            if (step <= 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            done += step;
        }
    }

    /** Waits until {@code count} bytes are in the buffer. */
    private void fill(int count) throws IOException {
        if (input.remaining() >= count) {
            return;
        }
        input.compact();
        try {
            while (input.position() < count) {
                if (transport.read(input) < 0) {
                    throw new EOFException("the client closed the connection");
                }
            }
        } finally {
            input.flip();
        }
    }
}
