package org.omerods.fs.plan.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Makes the structure of a TIFF of any dialect, byte order and size, with holes where the pictures would be. */
final class TiffMaker {
    static final int LONG = 4;
    static final int LONG8 = 16;

    private final TiffDialect dialect;
    private final ByteOrder order;
    private final SlideBytes.Sparse file;
    private long pointer;

    TiffMaker(TiffDialect dialect, ByteOrder order, long size) {
        this.dialect = dialect;
        this.order = order;
        this.file = new SlideBytes.Sparse(size);
        ByteBuffer head = buffer(8).put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
        head.put(head.get(0)).putShort((short) (dialect == TiffDialect.BIG ? 43 : 42));
        if (dialect == TiffDialect.BIG) {
            head.putShort((short) 8);
        }
        file.put(0, bytesOf(head));
        pointer = dialect == TiffDialect.BIG ? 8 : 4;
    }

    SlideBytes.Sparse file() {
        return file;
    }

    /** The tags of an image in square tiles, with offsets and lengths of equal distance. */
    Map<Integer, long[]> tiled(int width, int height, int tile, long first, long length) {
        int count = Math.ceilDiv(width, tile) * Math.ceilDiv(height, tile);
        long[] offsets = new long[count];
        long[] counts = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = first + i * length;
            counts[i] = length;
        }
        Map<Integer, long[]> tags = new TreeMap<>();
        tags.put(Tags.WIDTH, new long[] {width});
        tags.put(Tags.HEIGHT, new long[] {height});
        tags.put(Tags.TILE_WIDTH, new long[] {tile});
        tags.put(Tags.TILE_HEIGHT, new long[] {tile});
        tags.put(Tags.TILE_OFFSETS, offsets);
        tags.put(Tags.TILE_COUNTS, counts);
        return tags;
    }

    /** Puts a directory at an offset and its values behind {@code valuesAt}; links it into the chain. */
    void directory(long at, long valuesAt, Map<Integer, long[]> tags) {
        link(at);
        aside(at, valuesAt, tags);
        pointer = at + dialect.numberBytes + (long) tags.size() * dialect.entryBytes;
    }

    /** Makes the last pointer of the chain lead somewhere. */
    void link(long at) {
        file.put(pointer, number(at, dialect.pointerBytes));
    }

    /** Puts a directory that is not in the chain. */
    void aside(long at, long valuesAt, Map<Integer, long[]> tags) {
        ByteBuffer table = buffer((int) dialect.directoryBytes(tags.size()));
        put(table, tags.size(), dialect.numberBytes);
        int width = dialect == TiffDialect.BIG ? 8 : 4;
        long next = valuesAt;
        int entry = 0;
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            long[] values = tag.getValue();
            table.putShort(tag.getKey().shortValue()).putShort((short) (width == 8 ? LONG8 : LONG));
            put(table, values.length, dialect.countBytes());
            long word = values[0];
            if (values.length > 1) {
                ByteBuffer bytes = buffer(values.length * width);
                for (long value : values) {
                    put(bytes, value, width);
                }
                file.put(next, bytesOf(bytes));
                word = next;
                next += bytes.capacity();
            }
            put(table, word, dialect.valueBytes);
            if (dialect.highWords) {
                int highAt = (int) dialect.directoryBytes(tags.size()) - 4 * (tags.size() - entry);
                table.putInt(highAt, (int) (word >>> 32));
            }
            entry++;
        }
        file.put(at, bytesOf(table));
    }

    private byte[] number(long value, int width) {
        ByteBuffer bytes = buffer(width);
        put(bytes, value, width);
        return bytesOf(bytes);
    }

    private static void put(ByteBuffer bytes, long value, int width) {
        switch (width) {
            case 2 -> bytes.putShort((short) value);
            case 4 -> bytes.putInt((int) value);
            default -> bytes.putLong(value);
        }
    }

    private ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
