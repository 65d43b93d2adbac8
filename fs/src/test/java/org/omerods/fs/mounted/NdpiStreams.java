package org.omerods.fs.mounted;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JPEG streams of a small NDPI file, one for each level: whole files of their own, which programs that know JPEG but
 * not NDPI can open.
 */
final class NdpiStreams {
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int ENTRY_BYTES = 12;

    private NdpiStreams() {}

    static List<byte[]> read(Path slide) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        try (RandomAccessFile file = new RandomAccessFile(slide.toFile(), "r")) {
            for (long ifd = at(file, 4, 4).getInt(); ifd > 0; ) {
                int entries = at(file, ifd, 2).getShort();
                ByteBuffer directory = at(file, ifd + 2, entries * ENTRY_BYTES + 4);
                long offset = 0;
                int length = 0;
                for (int i = 0; i < entries; i++) {
                    int tag = Short.toUnsignedInt(directory.getShort(i * ENTRY_BYTES));
                    int value = directory.getInt(i * ENTRY_BYTES + 8);
                    offset = tag == STRIP_OFFSETS ? Integer.toUnsignedLong(value) : offset;
                    length = tag == STRIP_BYTE_COUNTS ? value : length;
                }
                byte[] stream = at(file, offset, length).array();
                if (stream.length > 2 && stream[0] == (byte) 0xFF && stream[1] == (byte) 0xD8) {
                    streams.add(stream);
                }
                ifd = Integer.toUnsignedLong(directory.getInt(entries * ENTRY_BYTES));
            }
        }
        return streams;
    }

    private static ByteBuffer at(RandomAccessFile file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(offset);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
