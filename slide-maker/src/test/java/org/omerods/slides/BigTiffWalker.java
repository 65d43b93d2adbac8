package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the directories of a BigTIFF, written from the format's description and sharing nothing with the writer. */
final class BigTiffWalker {
    /** A directory: type, count and the bytes of each tag's values. */
    record Directory(TreeMap<Integer, ByteBuffer> values, TreeMap<Integer, Integer> types) {
        long one(int tag) {
            return all(tag)[0];
        }

        long[] all(int tag) {
            ByteBuffer bytes = value(tag);
            int size = switch (Objects.requireNonNull(types.get(tag))) {
                case 3 -> 2;
                case 16 -> 8;
                default -> 4;
            };
            long[] all = new long[bytes.limit() / size];
            for (int i = 0; i < all.length; i++) {
                all[i] = switch (size) {
                    case 2 -> Short.toUnsignedLong(bytes.getShort(2 * i));
                    case 8 -> bytes.getLong(8 * i);
                    default -> Integer.toUnsignedLong(bytes.getInt(4 * i));
                };
            }
            return all;
        }

        String text(int tag) {
            return StandardCharsets.US_ASCII.decode(value(tag).duplicate()).toString();
        }

        private ByteBuffer value(int tag) {
            return Objects.requireNonNull(values.get(tag), () -> "no tag " + tag);
        }
    }

    private BigTiffWalker() {}

    /** The chain from the header on. */
    static List<Directory> directories(Path file) throws IOException {
        List<Directory> directories = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = NdpiWalker.read(channel, 0, 16);
            if (header.getLong() != 0x00000008_002b4949L) {
                throw new IOException("not a little-endian BigTIFF");
            }
            long offset = header.getLong();
            while (offset != 0) {
                directories.add(directory(channel, offset));
                long count = NdpiWalker.read(channel, offset, 8).getLong();
                offset = NdpiWalker.read(channel, offset + 8 + 20 * count, 8).getLong();
            }
        }
        return directories;
    }

    static Directory directory(FileChannel channel, long offset) throws IOException {
        int count = (int) NdpiWalker.read(channel, offset, 8).getLong();
        ByteBuffer table = NdpiWalker.read(channel, offset + 8, 20 * count);
        Directory directory = new Directory(new TreeMap<>(), new TreeMap<>());
        for (int at = 0; at < 20 * count; at += 20) {
            int tag = Short.toUnsignedInt(table.getShort(at));
            int type = table.getShort(at + 2);
            int bytes = Math.toIntExact(table.getLong(at + 4))
                    * switch (type) {
                        case 2 -> 1;
                        case 3 -> 2;
                        case 16 -> 8;
                        default -> 4;
                    };
            long place = bytes <= 8 ? offset + 8 + at + 12 : table.getLong(at + 12);
            directory.values().put(tag, NdpiWalker.read(channel, place, bytes));
            directory.types().put(tag, type);
        }
        return directory;
    }
}
