package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * One request as the kernel wrote it: struct fuse_in_header and what follows. A view of a reader's buffer, valid until
 * that reader reads again. Not thread-safe.
 *
 * @param bytes exactly the request, 8-byte aligned
 */
record Incoming(MemorySegment bytes) {
    /** sizeof(struct fuse_in_header). */
    static final int HEADER_BYTES = 40;

    private static final int FORGET_ONE_BYTES = 16;

    Incoming {
        if (bytes.byteSize() < HEADER_BYTES || bytes.get(JAVA_INT, 0) != bytes.byteSize()) {
            throw new IllegalArgumentException("a request of " + bytes.byteSize() + " bytes with a wrong length");
        }
    }

    int opcode() {
        return bytes.get(JAVA_INT, 4);
    }

    long unique() {
        return bytes.get(JAVA_LONG, 8);
    }

    long node() {
        return bytes.get(JAVA_LONG, 16);
    }

    int uid() {
        return bytes.get(JAVA_INT, 24);
    }

    int gid() {
        return bytes.get(JAVA_INT, 28);
    }

    int pid() {
        return bytes.get(JAVA_INT, 32);
    }

    /** A number of 32 bits, {@code offset} bytes behind the header. */
    int intAt(int offset) {
        return bytes.get(JAVA_INT, HEADER_BYTES + offset);
    }

    /** A number of 64 bits, {@code offset} bytes behind the header. */
    long longAt(int offset) {
        return bytes.get(JAVA_LONG, HEADER_BYTES + offset);
    }

    /** A name that starts {@code offset} bytes behind the header and ends with a zero byte. */
    byte[] nameAt(int offset) {
        long start = (long) HEADER_BYTES + offset;
        long end = start;
        while (end < bytes.byteSize() && bytes.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return bytes.asSlice(start, end - start).toArray(JAVA_BYTE);
    }

    /** Bytes that start {@code offset} bytes behind the header; fewer than {@code length} when the request holds fewer. */
    MemorySegment dataAt(int offset, int length) {
        long start = (long) HEADER_BYTES + offset;
        return bytes.asSlice(start, Math.clamp(length, 0, bytes.byteSize() - start));
    }

    /** How many inodes a BATCH_FORGET names; never more than it holds. */
    int forgetCount() {
        return (int) Math.min(intAt(0), (bytes.byteSize() - HEADER_BYTES - 8) / FORGET_ONE_BYTES);
    }

    long forgottenInode(int index) {
        return longAt(8 + index * FORGET_ONE_BYTES);
    }

    long forgottenLookups(int index) {
        return longAt(16 + index * FORGET_ONE_BYTES);
    }
}
