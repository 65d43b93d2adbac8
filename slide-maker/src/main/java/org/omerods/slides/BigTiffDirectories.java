package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;

/** The header and the directories of a little-endian BigTIFF: all offsets and counts have 64 bits. Not thread-safe. */
final class BigTiffDirectories {
    private static final int ENTRY_BYTES = 20;
    private static final int INLINE_BYTES = 8;

    private final SlideSink sink;
    private long pointer;

    /** Writes the header. */
    BigTiffDirectories(SlideSink sink) throws IOException {
        this.sink = sink;
        sink.write(new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0});
        pointer = sink.position();
        sink.write(new byte[8]);
    }

    /** Writes a directory and links it to the one before. */
    void write(List<TiffEntry> entries) throws IOException {
        long start = writeAside(entries);
        sink.patch(
                pointer,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(start)
                        .array());
        pointer = start + 8 + (long) ENTRY_BYTES * entries.size();
    }

    /** Writes a directory that is not in the chain; returns its offset, for a tag that points to it. */
    long writeAside(List<TiffEntry> entries) throws IOException {
        List<TiffEntry> sorted =
                entries.stream().sorted(Comparator.comparingInt(TiffEntry::tag)).toList();
        ByteBuffer table =
                ByteBuffer.allocate(8 + ENTRY_BYTES * sorted.size() + 8).order(ByteOrder.LITTLE_ENDIAN);
        table.putLong(sorted.size());
        for (TiffEntry entry : sorted) {
            table.putShort((short) entry.tag()).putShort((short) entry.type()).putLong(entry.count());
            int next = table.position() + INLINE_BYTES;
            if (entry.length() <= INLINE_BYTES) {
                table.put(entry.values());
            } else {
                align();
                table.putLong(sink.position());
                sink.write(entry.values());
            }
            table.position(next);
        }
        align();
        long start = sink.position();
        sink.write(table.array());
        return start;
    }

    private void align() throws IOException {
        if (sink.position() % 2 == 1) {
            sink.write(new byte[1]);
        }
    }
}
