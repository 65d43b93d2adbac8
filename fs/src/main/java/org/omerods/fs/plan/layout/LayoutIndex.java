package org.omerods.fs.plan.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.omerods.fs.plan.ByteRange;

/**
 * A layout as bytes, to be kept beside the object version that it is of: magic and version, the layout, a CRC32C of all that.
 * Some eight bytes for each tile. What has another version, or does not fit together, is no layout: it is parsed again.
 */
public final class LayoutIndex {
    /** "SLIDELAY". */
    private static final long MAGIC = 0x59414c4544494c53L;

    /** To be raised with each change of what is written here. */
    private static final int VERSION = 1;

    private static final int CHECKSUM_BYTES = 4;

    private LayoutIndex() {}

    public static byte[] encode(SlideLayout layout) {
        IndexWriter writer = new IndexWriter();
        writer.number(MAGIC, 8).number(VERSION, 4);
        writer.number(layout.kind().code, 4).number(layout.size(), 8);
        writer.number(layout.index().size(), 4);
        for (ByteRange range : layout.index()) {
            writer.number(range.start(), 8).number(range.end(), 8);
        }
        writer.number(layout.levels().size(), 4);
        layout.levels().forEach(level -> encode(level, writer));
        byte[] body = writer.toBytes();
        return writer.number(checksum(body, body.length), CHECKSUM_BYTES).toBytes();
    }

    private static void encode(SlideLevel level, IndexWriter writer) {
        SlideLevel.Grid grid = level.grid();
        writer.number(grid.plane(), 4).number(grid.width(), 8).number(grid.height(), 8);
        writer.number(grid.segmentWidth(), 8).number(grid.segmentHeight(), 8);
        writer.number(grid.columns(), 4).number(grid.rows(), 4).number(level.end(), 8);
        writer.table(level.starts()).table(level.lengths());
    }

    /** The layout of a file of {@code size} bytes; empty when the bytes are none. */
    public static Optional<SlideLayout> decode(byte[] bytes, long size) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 0 || new IndexReader(bytes, bytes.length).skip(end).number(CHECKSUM_BYTES) != checksum(bytes, end)) {
            return Optional.empty();
        }
        try {
            IndexReader reader = new IndexReader(bytes, end);
            boolean known = reader.number(8) == MAGIC && reader.number(4) == VERSION;
            return known ? Optional.of(decode(reader)).filter(layout -> layout.size() == size) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SlideLayout decode(IndexReader reader) {
        SlideKind kind = SlideKind.ofCode(reader.number(4));
        long size = reader.number(8);
        List<ByteRange> index = new ArrayList<>();
        for (int left = reader.count(Integer.MAX_VALUE); left > 0; left--) {
            index.add(new ByteRange(reader.number(8), reader.number(8)));
        }
        List<SlideLevel> levels = new ArrayList<>();
        for (int left = reader.count(LayoutLimits.MAX_DIRECTORIES); left > 0; left--) {
            levels.add(decodeLevel(reader));
        }
        reader.expectEnd();
        return new SlideLayout(kind, size, levels, index);
    }

    private static SlideLevel decodeLevel(IndexReader reader) {
        int plane = reader.count(Integer.MAX_VALUE);
        long width = reader.number(8);
        long height = reader.number(8);
        long segmentWidth = reader.number(8);
        long segmentHeight = reader.number(8);
        int columns = reader.count(LayoutLimits.MAX_SEGMENTS);
        int rows = reader.count(LayoutLimits.MAX_SEGMENTS);
        SlideLevel.Grid grid = new SlideLevel.Grid(plane, width, height, segmentWidth, segmentHeight, columns, rows);
        long end = reader.number(8);
        NumberTable starts = reader.table();
        NumberTable lengths = reader.table();
        return lengths.count() == 0
                ? SlideLevel.contiguous(grid, starts, end)
                : SlideLevel.scattered(grid, starts, lengths);
    }

    private static long checksum(byte[] bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        return checksum.getValue();
    }
}
