package org.omerods.zone.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Counts the bytes of a transport, and splits or cuts them when told to. */
final class FaultyTransport implements Transport {
    /** How much of a file is held in memory while it is split. */
    private static final int COPY_BYTES = 64 * 1024;

    private final Transport transport;
    private final Faults faults;
    private final Traffic traffic;
    private long bytesBeforeCut;

    FaultyTransport(Transport transport, Faults faults, Traffic traffic, long bytesBeforeCut) {
        this.transport = transport;
        this.faults = faults;
        this.traffic = traffic;
        this.bytesBeforeCut = bytesBeforeCut;
    }

    /** The same faults over another transport, which takes over the connection. */
    FaultyTransport over(Transport successor) {
        return new FaultyTransport(successor, faults, traffic, bytesBeforeCut);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = transport.read(target);
        if (count > 0) {
            traffic.received(count);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            int piece = pieceOf(source.remaining());
            ByteBuffer part = source.slice(source.position(), piece);
            transport.write(part);
            source.position(source.position() + piece);
            sent(piece);
        }
    }

    @Override
    public void send(FileChannel file, long position, long count) throws IOException {
        if (faults.largestPiece() == 0 && bytesBeforeCut > count) {
            transport.send(file, position, count);
            sent(count);
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, COPY_BYTES));
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            int step = file.read(buffer, position + done);
            if (step <= 0) {
                throw new EOFException("the file became shorter while it was sent");
            }
            write(buffer.flip());
            done += step;
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private int pieceOf(int wanted) {
        int largest = faults.largestPiece();
        int piece = largest == 0 ? wanted : Math.min(wanted, largest);
        return (int) Math.min(piece, Math.max(bytesBeforeCut, 1));
    }

    private void sent(long bytes) throws IOException {
        traffic.sent(bytes);
        if (bytesBeforeCut == Long.MAX_VALUE) {
            return;
        }
        bytesBeforeCut -= bytes;
        if (bytesBeforeCut <= 0) {
            transport.close();
            throw new EOFException("cut on purpose");
        }
    }
}
