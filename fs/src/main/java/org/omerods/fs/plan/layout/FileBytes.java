package org.omerods.fs.plan.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.plan.ByteRange;

/**
 * The parts of a file that a parser has been fed with, and those it asked for. Within the limits of {@link LayoutLimits}. Not
 * thread-safe.
 */
final class FileBytes {
    /** Whether bytes can be read. */
    enum State {
        HERE,
        /** Asked for with the next wave. */
        ASKED,
        /** Outside of the file, or more than a layout may cost. */
        REFUSED
    }

    private final long size;
    private final TreeMap<Long, byte[]> windows = new TreeMap<>();
    private final List<ByteRange> asked = new ArrayList<>();
    private final List<ByteRange> read = new ArrayList<>();
    private long left;
    private boolean littleEndian = true;

    FileBytes(long size) {
        this.size = size;
        this.left = LayoutLimits.indexBytes(size);
    }

    void setLittleEndian(boolean little) {
        littleEndian = little;
    }

    long size() {
        return size;
    }

    /** Whether the bytes from {@code offset} on are here; if not, they are asked for if they may be. */
    State need(long offset, long length) {
        if (offset < 0 || length <= 0 || offset > size - length) {
            return State.REFUSED;
        }
        if (covers(offset, length)) {
            return State.HERE;
        }
        ByteRange range = ByteRange.of(offset, length);
        if (asked.stream().anyMatch(range::isWithin)) {
            return State.ASKED;
        }
        if (length > left) {
            return State.REFUSED;
        }
        left -= length;
        asked.add(range);
        return State.ASKED;
    }

    /** Asks for bytes that may be of use, as far as the file and the limits go. */
    void want(long from, long to) {
        long start = Math.clamp(from, 0, size);
        long end = Math.clamp(to, start, size);
        if (end > start) {
            need(start, end - start);
        }
    }

    /** What was asked for since the last call. */
    List<ByteRange> takeAsked() {
        List<ByteRange> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    void feed(ByteRange range, byte[] bytes) {
        if (bytes.length != range.length()) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + range);
        }
        windows.merge(range.start(), bytes, (a, b) -> a.length >= b.length ? a : b);
        read.add(range);
    }

    /** Everything that was fed. */
    List<ByteRange> read() {
        return read;
    }

    boolean covers(long offset, long length) {
        return windowOf(offset, length) != null;
    }

    /** An unsigned number of 1, 2, 4 or 8 bytes that is here. */
    long number(long offset, int width) {
        Map.Entry<Long, byte[]> window = windowOf(offset, width);
        if (window == null) {
            throw new IllegalStateException("bytes at " + offset + " were not asked for");
        }
        return number(window.getValue(), (int) (offset - window.getKey()), width);
    }

    long number(byte[] bytes, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            int from = littleEndian ? at + width - 1 - i : at + i;
            value = (value << 8) | (bytes[from] & 0xff);
        }
        return value;
    }

    /** Bytes that are here. */
    byte[] slice(long offset, int length) {
        Map.Entry<Long, byte[]> window = windowOf(offset, length);
        if (window == null) {
            throw new IllegalStateException("bytes at " + offset + " were not asked for");
        }
        int at = (int) (offset - window.getKey());
        byte[] slice = new byte[length];
        System.arraycopy(window.getValue(), at, slice, 0, length);
        return slice;
    }

    private Map.@Nullable Entry<Long, byte[]> windowOf(long offset, long length) {
        for (Map.Entry<Long, byte[]> window = windows.floorEntry(offset);
                window != null;
                window = windows.lowerEntry(window.getKey())) {
            if (window.getKey() + window.getValue().length >= offset + length) {
                return window;
            }
        }
        return null;
    }
}
