package org.omerods.slides.jpeg;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The entropy-coded part of a JPEG in the making: runs of MCUs out of {@link McuRow}s are joined bit by bit, with byte
 * stuffing, restart markers and the DC differences at the joints. Copies some hundred megabytes a second on one core,
 * where encoding manages some ten. Not thread-safe.
 */
public final class Scan {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Where the bytes go, in order. */
    public interface Sink {
        /** The place of the next byte. */
        long position();

        void write(byte[] bytes, int count) throws IOException;
    }

    /** One write to the sink: large enough that its cost does not show. */
    private static final int BUFFER_BYTES = 1 << 20;

    /** Room kept free in the buffer: a word of 8 bytes, each stuffed, and a marker. */
    private static final int RESERVE_BYTES = 32;

    private final Sink sink;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final int[] predicted = new int[McuRow.BLOCKS];
    private int filled;

    /** The last bits, left-aligned, and how many: always below 64. */
    private long pending;

    private int pendingBits;

    public Scan(Sink sink) {
        this.sink = sink;
    }

    /** The place of the next byte in the sink; meaningful at the start and behind {@link #restart} and {@link #finish}. */
    public long position() {
        return sink.position() + filled;
    }

    /**
     * Copies the MCUs {@code from} (inclusive) to {@code to} (exclusive) of {@code row}.
     *
     * @param brighter added to each luminance DC value, in quantisation steps: 1 is less than one grey level and changes
     *     the bytes of the run, which makes equal runs at different places tell apart
     */
    public void append(McuRow row, int from, int to, int brighter) throws IOException {
        if (from >= to) {
            return;
        }
        for (int component = 0; component < McuRow.BLOCKS; component++) {
            int difference = row.dc(from, component) + (component == 0 ? brighter : 0) - predicted[component];
            bits(
                    (long) DcCode.bits(component, difference) << (64 - DcCode.length(component, difference)),
                    DcCode.length(component, difference));
            // the next block's start: of the last component that is the next MCU
            copy(row, row.acStart(from, component), row.start(from, component + 1));
            predicted[component] = row.dc(to - 1, component) + (component == 0 ? brighter : 0);
        }
        copy(row, row.start(from + 1, 0), row.start(to, 0));
    }

    /** Ends a restart interval by the marker RST{@code number}. */
    public void restart(int number) throws IOException {
        align();
        marker(0xd0 + (number & 7));
    }

    /** Ends the picture by the marker EOI, and hands all bytes to the sink. */
    public void finish() throws IOException {
        align();
        marker(0xd9);
        flush();
    }

    private void copy(McuRow row, int from, int to) throws IOException {
        long[] words = row.words();
        int at = from;
        while (at < to) {
            int count = Math.min(64, to - at);
            int shift = at & 63;
            // the other word does not count with shift 0: a shift by 64 would be one by 0
            long word = words[at >> 6] << shift | (shift == 0 ? 0 : words[(at >> 6) + 1] >>> (64 - shift));
            bits(count == 64 ? word : word & (-1L << (64 - count)), count);
            at += count;
        }
    }

    /** Appends the {@code count} high bits of {@code word}, the others of which are 0. */
    private void bits(long word, int count) throws IOException {
        long joined = pending | (word >>> pendingBits);
        int total = pendingBits + count;
        if (total < 64) {
            pending = joined;
            pendingBits = total;
            return;
        }
        emit(joined);
        pendingBits = total - 64;
        pending = pendingBits == 0 ? 0 : word << (count - pendingBits);
    }

    private void emit(long word) throws IOException {
        if (filled > BUFFER_BYTES - RESERVE_BYTES) {
            flush();
        }
        LONG.set(buffer, filled, word);
        // is one of the bytes 0xff? the classic test for a zero byte, on the complement
        long complement = ~word;
        if (((complement - 0x0101010101010101L) & word & 0x8080808080808080L) == 0) {
            filled += 8;
            return;
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            stuffed((byte) (word >>> shift));
        }
    }

    private void stuffed(byte value) {
        buffer[filled++] = value;
        if (value == (byte) 0xff) {
            buffer[filled++] = 0;
        }
    }

    /** Fills the last byte by ones, and forgets the DC values. */
    private void align() throws IOException {
        if (filled > BUFFER_BYTES - RESERVE_BYTES) {
            flush();
        }
        int bytes = (pendingBits + 7) / 8;
        long padded = pendingBits == 0 ? 0 : pending | (-1L >>> pendingBits);
        for (int i = 0; i < bytes; i++) {
            stuffed((byte) (padded >>> (56 - 8 * i)));
        }
        pending = 0;
        pendingBits = 0;
        java.util.Arrays.fill(predicted, 0);
    }

    private void marker(int code) {
        buffer[filled++] = (byte) 0xff;
        buffer[filled++] = (byte) code;
    }

    private void flush() throws IOException {
        sink.write(buffer, filled);
        filled = 0;
    }
}
