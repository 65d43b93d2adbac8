package org.omerods.bench.stage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Where the restart segments of an NDPI's largest level lie: what a reader needs of a tile is one segment of each row of
 * MCUs. Knows slides below 4 GiB, whose offsets fit into TIFF's own 32 bits.
 *
 * @param starts offset of each segment in the file, row by row, with the end of the last one behind
 * @param perRow segments in a row of MCUs
 * @param directory offset of the first directory, which every program reads before it can ask for a tile
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another one
public record NdpiSegments(long[] starts, int perRow, long directory) {
    private static final int ENTRY_BYTES = 12;
    private static final int WIDTH = 256;
    private static final int STRIP_OFFSET = 273;
    private static final int STRIP_BYTES = 279;
    private static final int MCU_STARTS = 65426;
    private static final int MCU_SIDE = 8;

    /** @param interval MCUs of a segment */
    public static NdpiSegments of(Path slide, int interval) throws IOException {
        try (FileChannel channel = FileChannel.open(slide)) {
            long directory = read(channel, 4, 8).getLong();
            int entries = Short.toUnsignedInt(read(channel, directory, 2).getShort());
            ByteBuffer table = read(channel, directory + 2, entries * ENTRY_BYTES);
            long strip = value(table, STRIP_OFFSET);
            int count = Math.toIntExact(count(table, MCU_STARTS));
            ByteBuffer relative = read(channel, value(table, MCU_STARTS), count * Integer.BYTES);
            long[] starts = new long[count + 1];
            for (int i = 0; i < count; i++) {
                starts[i] = strip + Integer.toUnsignedLong(relative.getInt());
            }
            starts[count] = strip + value(table, STRIP_BYTES);
            return new NdpiSegments(starts, Math.toIntExact(value(table, WIDTH)) / (interval * MCU_SIDE), directory);
        }
    }

    public int rows() {
        return (starts.length - 1) / perRow;
    }

    public long offset(int row, int column) {
        return starts[row * perRow + column];
    }

    public int bytes(int row, int column) {
        return Math.toIntExact(starts[row * perRow + column + 1] - offset(row, column));
    }

    private static long value(ByteBuffer table, int tag) throws IOException {
        return Integer.toUnsignedLong(table.getInt(entry(table, tag) + 8));
    }

    private static long count(ByteBuffer table, int tag) throws IOException {
        return Integer.toUnsignedLong(table.getInt(entry(table, tag) + 4));
    }

    private static int entry(ByteBuffer table, int tag) throws IOException {
        for (int at = 0; at < table.limit(); at += ENTRY_BYTES) {
            if (Short.toUnsignedInt(table.getShort(at)) == tag) {
                return at;
            }
        }
        throw new IOException("the slide lacks TIFF tag " + tag);
    }

    private static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the slide ends before byte " + (offset + bytes));
            }
        }
        return buffer.flip();
    }
}
