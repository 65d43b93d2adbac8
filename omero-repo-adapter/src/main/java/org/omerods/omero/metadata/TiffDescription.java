package org.omerods.omero.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.omerods.storage.StorageException;

/**
 * The ImageDescription of a TIFF's or BigTIFF's first directory, where an OME-TIFF keeps its OME-XML (TIFF 6.0, section 2; the
 * OME-TIFF specification). Reads the header, the directory and the text, nothing else; whatever the file claims, it stays
 * within bounds. For one thread.
 */
final class TiffDescription {
    /** Bytes of the file at a place. */
    interface RangeReader {
        /** Exactly {@code length} bytes, from position 0 of the result. */
        ByteBuffer read(long offset, int length) throws StorageException;
    }

    private static final int IMAGE_DESCRIPTION = 270;
    private static final int ASCII = 2;

    /** Real directories have some dozen entries. */
    private static final long MAX_ENTRIES = 4096;

    private static final int HEADER_BYTES = 16;
    private static final short LITTLE = 0x4949;
    private static final short BIG = 0x4d4d;
    private static final int CLASSIC = 42;
    private static final int BIG_TIFF = 43;

    private final RangeReader file;
    private final long size;
    private final ByteOrder order;
    private final boolean big;

    private TiffDescription(RangeReader file, long size, ByteOrder order, boolean big) {
        this.file = file;
        this.size = size;
        this.order = order;
        this.big = big;
    }

    /**
     * The text without the zero at its end.
     *
     * @param maxBytes a longer text is not read
     * @return empty when this is no TIFF, or its first directory has no such text, or the file contradicts itself
     */
    static Optional<byte[]> read(RangeReader file, long size, int maxBytes) throws StorageException {
        if (size < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = file.read(0, HEADER_BYTES);
        short mark = header.getShort(0);
        if (mark != LITTLE && mark != BIG) {
            return Optional.empty();
        }
        ByteOrder order = mark == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        header.order(order);
        return switch (header.getShort(2)) {
            case CLASSIC ->
                new TiffDescription(file, size, order, false)
                        .directory(Integer.toUnsignedLong(header.getInt(4)), maxBytes);
            case BIG_TIFF -> new TiffDescription(file, size, order, true).directory(header.getLong(8), maxBytes);
            default -> Optional.empty();
        };
    }

    private Optional<byte[]> directory(long offset, int maxBytes) throws StorageException {
        int countBytes = big ? Long.BYTES : Short.BYTES;
        if (!isInside(offset, countBytes)) {
            return Optional.empty();
        }
        ByteBuffer count = file.read(offset, countBytes).order(order);
        long entries = big ? count.getLong(0) : Short.toUnsignedLong(count.getShort(0));
        int entryBytes = big ? 20 : 12;
        if (entries < 0 || entries > MAX_ENTRIES || !isInside(offset + countBytes, entries * entryBytes)) {
            return Optional.empty();
        }
        long start = offset + countBytes;
        ByteBuffer table =
                file.read(start, Math.toIntExact(entries * entryBytes)).order(order);
        for (int at = 0; at < table.capacity(); at += entryBytes) {
            if (Short.toUnsignedInt(table.getShort(at)) == IMAGE_DESCRIPTION) {
                return text(table, at, start, maxBytes);
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> text(ByteBuffer table, int at, long tableStart, int maxBytes) throws StorageException {
        long length = big ? table.getLong(at + 4) : Integer.toUnsignedLong(table.getInt(at + 4));
        int valueAt = at + (big ? 12 : 8);
        int inline = big ? Long.BYTES : Integer.BYTES;
        if (table.getShort(at + 2) != ASCII || length <= 0 || length > maxBytes) {
            return Optional.empty();
        }
        long offset = length <= inline
                ? tableStart + valueAt
                : big ? table.getLong(valueAt) : Integer.toUnsignedLong(table.getInt(valueAt));
        if (!isInside(offset, length)) {
            return Optional.empty();
        }
        ByteBuffer bytes = file.read(offset, Math.toIntExact(length));
        int end = bytes.capacity();
        while (end > 0 && bytes.get(end - 1) == 0) {
            end--;
        }
        byte[] text = new byte[end];
        bytes.get(0, text);
        return Optional.of(text);
    }

    private boolean isInside(long offset, long length) {
        return offset > 0 && length >= 0 && offset <= size - length;
    }
}
