package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the directories of an NDPI, written from the format's description and sharing nothing with the writer. */
final class NdpiWalker {
    /** A directory: the values of each tag as numbers (a rational as two, a float as its bits). */
    record Directory(long offset, TreeMap<Integer, long[]> tags) {
        long one(int tag) {
            return all(tag)[0];
        }

        long[] all(int tag) {
            return Objects.requireNonNull(tags.get(tag), () -> "no tag " + tag);
        }

        float decimal(int tag) {
            return Float.intBitsToFloat((int) one(tag));
        }

        /** The offset in the file of a restart interval. */
        long mcuStart(int index) {
            long high = tags.containsKey(65432) ? all(65432)[index] : 0;
            return one(273) + (high << 32 | all(65426)[index]);
        }
    }

    private NdpiWalker() {}

    static List<Directory> directories(Path file) throws IOException {
        List<Directory> directories = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = read(channel, 0, 12);
            if (header.getInt() != 0x002a4949) {
                throw new IOException("not a little-endian TIFF");
            }
            long offset = header.getLong();
            while (offset != 0) {
                int count = Short.toUnsignedInt(read(channel, offset, 2).getShort());
                ByteBuffer table = read(channel, offset + 2, 16 * count + 8);
                TreeMap<Integer, long[]> tags = new TreeMap<>();
                for (int i = 0; i < count; i++) {
                    long high = Integer.toUnsignedLong(table.getInt(12 * count + 8 + 4 * i)) << 32;
                    int tag = Short.toUnsignedInt(table.getShort(12 * i));
                    tags.put(tag, values(channel, table, 12 * i, high, offset + 2 + 12L * i));
                }
                directories.add(new Directory(offset, tags));
                offset = table.getLong(12 * count);
            }
        }
        return directories;
    }

    private static long[] values(FileChannel channel, ByteBuffer table, int at, long high, long position)
            throws IOException {
        int type = table.getShort(at + 2);
        int perValue = switch (type) {
            case 2 -> 1;
            case 3 -> 2;
            case 5 -> 8;
            default -> 4;
        };
        int units = table.getInt(at + 4) * (type == 5 ? 2 : 1);
        int bytes = table.getInt(at + 4) * perValue;
        boolean inside = bytes <= 4 && type != 2;
        long offset = inside ? position + 8 : high | Integer.toUnsignedLong(table.getInt(at + 8));
        ByteBuffer data = read(channel, offset, bytes);
        long[] values = new long[units];
        for (int i = 0; i < units; i++) {
            values[i] = switch (type) {
                case 2 -> data.get();
                case 3 -> Short.toUnsignedLong(data.getShort());
                case 9 -> data.getInt();
                default -> Integer.toUnsignedLong(data.getInt());
            };
        }
        if (inside && units == 1) {
            values[0] |= high;
        }
        return values;
    }

    static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file ends before " + (offset + bytes));
            }
        }
        return buffer.flip();
    }
}
