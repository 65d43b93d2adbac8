package org.omerods.slides;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One entry of a TIFF directory: tag, type, and values as little-endian bytes. Immutable. */
final class TiffEntry {
    static final int ASCII = 2;
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int RATIONAL = 5;
    static final int SLONG = 9;
    static final int FLOAT = 11;
    static final int LONG8 = 16;

    private final int tag;
    private final int type;
    private final int count;
    private final byte[] values;
    private final int high;

    private TiffEntry(int tag, int type, int count, ByteBuffer values, int high) {
        this.tag = tag;
        this.type = type;
        this.count = count;
        this.values = new byte[values.flip().remaining()];
        values.get(this.values);
        this.high = high;
    }

    static TiffEntry ascii(int tag, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return new TiffEntry(tag, ASCII, bytes.length, buffer(bytes.length).put(bytes), 0);
    }

    static TiffEntry shorts(int tag, int... values) {
        ByteBuffer bytes = buffer(2 * values.length);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return new TiffEntry(tag, SHORT, values.length, bytes, 0);
    }

    static TiffEntry number(int tag, long value) {
        return new TiffEntry(tag, LONG, 1, buffer(4).putInt((int) value), (int) (value >>> 32));
    }

    static TiffEntry numbers(int tag, int[] values) {
        ByteBuffer bytes = buffer(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return new TiffEntry(tag, LONG, values.length, bytes, 0);
    }

    /** Numbers of 64 bits, which BigTIFF alone has. */
    static TiffEntry wide(int tag, long... values) {
        ByteBuffer bytes = buffer(8 * values.length);
        for (long value : values) {
            bytes.putLong(value);
        }
        return new TiffEntry(tag, LONG8, values.length, bytes, 0);
    }

    static TiffEntry signed(int tag, int value) {
        return new TiffEntry(tag, SLONG, 1, buffer(4).putInt(value), 0);
    }

    static TiffEntry decimal(int tag, float value) {
        return new TiffEntry(tag, FLOAT, 1, buffer(4).putFloat(value), 0);
    }

    static TiffEntry rational(int tag, int numerator, int denominator) {
        return new TiffEntry(tag, RATIONAL, 1, buffer(8).putInt(numerator).putInt(denominator), 0);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int tag() {
        return tag;
    }

    /** TIFF's number of the type. */
    int type() {
        return type;
    }

    int count() {
        return count;
    }

    /** Bytes of all values. */
    int length() {
        return values.length;
    }

    byte[] values() {
        return values.clone();
    }

    /** The high word of a single LONG; NDPI alone can hold it. */
    int high() {
        return high;
    }
}
