package org.omerods.storage.irods.session;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.MessageHeader;

/**
 * Cuts what a server sends into messages. Every length is kept exactly: a message that is cut short ends in an
 * EOFException, a header that is none in a MalformedMessage. Reads through one buffer, so that the replies to a burst of
 * small reads cost few system calls; what is long goes directly to where it is wanted, if that is memory the kernel can write
 * to, since a copy costs as much CPU as the whole rest of a read. For one thread.
 */
final class FrameReader {
    /** Fits the second-level cache: what is copied out of it was just written there. */
    static final int BUFFER_BYTES = 256 * 1024;

    /** From this on a system call of its own is cheaper than a copy. */
    private static final int DIRECT_BYTES = 32 * 1024;

    /** Where binary bytes go, piece by piece. */
    interface Sink {
        void accept(ByteBuffer piece);

        /** Direct memory of at most {@code max} bytes that the network may write to until {@link #unclaim}; or null. */
        default @Nullable ByteBuffer claim(int max) {
            return null;
        }

        /** Ends a claim; {@code received} bytes of it were written. */
        default void unclaim(int received) {}
    }

    private final Transport transport;
    private final Runnable onProgress;
    private final Counters counters;
    private final ByteBuffer buffer;

    FrameReader(Transport transport, int bufferBytes, Runnable onProgress, Counters counters) {
        this.transport = transport;
        this.onProgress = onProgress;
        this.counters = counters;
        this.buffer = transport.allocate(bufferBytes).limit(0);
    }

    /** Whether everything that arrived was also read: must be so before TLS begins. */
    boolean isDrained() {
        return !buffer.hasRemaining();
    }

    MessageHeader readHeader() throws IOException, MalformedMessage {
        while (buffer.remaining() < Integer.BYTES) {
            fill();
        }
        int length = buffer.getInt();
        if (length <= 0 || length > MessageHeader.MAX_BYTES) {
            throw new MalformedMessage("a header of " + Integer.toUnsignedString(length) + " bytes");
        }
        return MessageHeader.parse(readBytes(length));
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int[] at = {0};
        readInto(length, piece -> {
            int size = piece.remaining();
            piece.get(bytes, at[0], size);
            at[0] += size;
        });
        return bytes;
    }

    void readInto(int length, Sink sink) throws IOException {
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                int direct = buffer.isDirect() && left >= DIRECT_BYTES ? readDirectly(left, sink) : 0;
                left -= direct;
                if (direct > 0) {
                    continue;
                }
                fill();
            }
            int size = Math.min(left, buffer.remaining());
            sink.accept(buffer.slice(buffer.position(), size));
            buffer.position(buffer.position() + size);
            left -= size;
        }
    }

    /** How many bytes went to the sink without a copy; 0 when it wants them copied. */
    private int readDirectly(int max, Sink sink) throws IOException {
        ByteBuffer target = sink.claim(max);
        if (target == null) {
            return 0;
        }
        int read = 0;
        try {
            read = transport.read(target);
        } finally {
            sink.unclaim(Math.max(read, 0));
        }
        count(read);
        return read;
    }

    private void fill() throws IOException {
        buffer.compact();
        int read = transport.read(buffer);
        buffer.flip();
        count(read);
    }

    private void count(int read) throws IOException {
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        counters.received(read);
        onProgress.run();
    }
}
