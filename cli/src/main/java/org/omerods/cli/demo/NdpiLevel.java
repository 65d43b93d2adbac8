package org.omerods.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in an NDPI the JPEG of a level lies, for programs that can read a JPEG but not one inside a TIFF. Knows slides below
 * 4 GiB, whose offsets fit into TIFF's own 32 bits.
 *
 * @param offset of the JPEG's first byte in the file
 * @param bytes of the JPEG
 */
record NdpiLevel(int width, int height, long offset, long bytes) {
    private static final int ENTRY_BYTES = 12;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int STRIP_OFFSET = 273;
    private static final int STRIP_BYTES = 279;
    private static final int LENS = 65421;

    /** The levels of the pyramid, in the file's order, the largest first. */
    static List<NdpiLevel> of(Path slide) throws IOException {
        List<NdpiLevel> levels = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(slide)) {
            long directory = read(channel, 4, 8).getLong();
            while (directory != 0) {
                int entries = read(channel, directory, 2).getShort();
                ByteBuffer table = read(channel, directory + 2, entries * ENTRY_BYTES + 8);
                if (Float.intBitsToFloat((int) value(table, LENS)) > 0) {
                    levels.add(new NdpiLevel(
                            (int) value(table, WIDTH),
                            (int) value(table, HEIGHT),
                            value(table, STRIP_OFFSET),
                            value(table, STRIP_BYTES)));
                }
                directory = table.getLong(entries * ENTRY_BYTES);
            }
        }
        return levels;
    }

    /** The JPEG itself. */
    byte[] jpeg(Path slide) throws IOException {
        try (FileChannel channel = FileChannel.open(slide)) {
            byte[] jpeg = new byte[Math.toIntExact(bytes)];
            read(channel, offset, jpeg.length).get(jpeg);
            return jpeg;
        }
    }

    private static long value(ByteBuffer table, int tag) throws IOException {
        for (int at = 0; at + ENTRY_BYTES <= table.limit() - 8; at += ENTRY_BYTES) {
            if (Short.toUnsignedInt(table.getShort(at)) == tag) {
                return Integer.toUnsignedLong(table.getInt(at + 8));
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
