package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;

/**
 * The header and the chain of directories of an NDPI. It is a little-endian TIFF with entries of 12 bytes in which a
 * pointer to a directory has 8 bytes, and behind each directory stands one more word per entry: the high half of its value
 * or offset. Readers up to OpenSlide 3.4 do not know these words and take what lies within the 4 GiB before the directory,
 * so everything that a directory points to is written shortly before it. Not thread-safe.
 */
final class NdpiDirectories {
    private static final int ENTRY_BYTES = 12;

    /** In place of an offset: the value stands in the entry itself. */
    private static final long INLINE = -1;

    private final SlideSink sink;
    private long pointer;

    /** Writes the header. */
    NdpiDirectories(SlideSink sink) throws IOException {
        this.sink = sink;
        sink.write(new byte[] {'I', 'I', 42, 0});
        pointer = sink.position();
        sink.write(new byte[8]);
    }

    /** Writes a directory and its values behind what was written last, and links it to the one before. */
    void write(List<TiffEntry> entries) throws IOException {
        List<TiffEntry> sorted =
                entries.stream().sorted(Comparator.comparingInt(TiffEntry::tag)).toList();
        long[] offsets = writeValues(sorted);
        align();
        long start = sink.position();
        int tableBytes = 2 + ENTRY_BYTES * sorted.size();
        ByteBuffer table =
                ByteBuffer.allocate(tableBytes + 8 + 4 * sorted.size()).order(ByteOrder.LITTLE_ENDIAN);
        table.putShort((short) sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            TiffEntry entry = sorted.get(i);
            table.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
            int high = entry.high();
            int next = table.position() + 4;
            if (offsets[i] == INLINE) {
                table.put(entry.values());
            } else {
                table.putInt((int) offsets[i]);
                high = (int) (offsets[i] >>> 32);
            }
            table.position(next);
            table.putInt(tableBytes + 8 + 4 * i, high);
        }
        sink.write(table.array());
        sink.patch(
                pointer,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(start)
                        .array());
        pointer = start + tableBytes;
    }

    /** Writes the values that do not fit into their entry; texts never do, some readers expect that. */
    private long[] writeValues(List<TiffEntry> entries) throws IOException {
        long[] offsets = new long[entries.size()];
        for (int i = 0; i < offsets.length; i++) {
            TiffEntry entry = entries.get(i);
            offsets[i] = INLINE;
            if (entry.length() > 4 || entry.type() == TiffEntry.ASCII) {
                align();
                offsets[i] = sink.position();
                sink.write(entry.values());
            }
        }
        return offsets;
    }

    /** TIFF wants values and directories at even offsets. */
    private void align() throws IOException {
        if (sink.position() % 2 == 1) {
            sink.write(new byte[1]);
        }
    }
}
