package org.omerods.storage.irods.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.omerods.storage.irods.wire.MessageHeader;

/**
 * Puts requests on the wire, gathered until {@link #flush}; bytes that belong to a request are never gathered but sent,
 * so that their buffer is free again when {@link #put} returns. For whoever holds the connection's writing lock.
 */
final class FrameWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Transport transport;
    private final Runnable onProgress;
    private final Counters counters;
    private final ByteBuffer buffer;

    FrameWriter(Transport transport, Runnable onProgress, Counters counters) {
        this.transport = transport;
        this.onProgress = onProgress;
        this.counters = counters;
        this.buffer = transport.allocate(BUFFER_BYTES);
    }

    void put(Request request) throws IOException {
        byte[] body = request.body();
        int binaryBytes = request.binary().remaining();
        append(ByteBuffer.wrap(new MessageHeader(
                        MessageHeader.API_REQUEST,
                        body.length,
                        0,
                        binaryBytes,
                        request.api().number())
                .toBytes()));
        append(ByteBuffer.wrap(body));
        if (binaryBytes > 0) {
            flush();
            send(request.binary().slice());
        }
    }

    void flush() throws IOException {
        buffer.flip();
        try {
            send(buffer);
        } finally {
            buffer.clear();
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > buffer.remaining()) {
            flush();
        }
        if (bytes.remaining() > buffer.capacity()) {
            send(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        counters.sent(bytes.remaining());
        transport.write(bytes);
        onProgress.run();
    }
}
