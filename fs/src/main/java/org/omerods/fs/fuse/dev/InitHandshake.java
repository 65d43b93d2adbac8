package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.omerods.fs.fuse.MountOptions;

/**
 * What kernel and driver agree on at the start: FUSE_INIT. The driver asks for what makes it fast and takes of that what
 * the kernel offers.
 *
 * @param minor the kernel's protocol is 7.minor
 * @param features FUSE_* flags of both words that both sides know
 * @param maxReadAheadBytes what the kernel reads ahead at first
 */
record InitHandshake(int minor, long features, int maxReadAheadBytes) {
    /** sizeof(struct fuse_init_out). */
    static final int INIT_OUT_BYTES = 64;

    /** The largest request the kernel can carry with 256 pages of 4 KiB; three times as fast cold as 128 KiB. */
    static final int MAX_TRANSFER_BYTES = 1 << 20;

    private static final int MAJOR = 7;
    /** Linux 5.4: the first with all structs of {@link Wire} and MAX_PAGES, EXPLICIT_INVAL_DATA. */
    private static final int OLDEST_MINOR = 31;
    /** The protocol that this driver was written against; a newer kernel falls back to it. */
    private static final int SPOKEN_MINOR = 40;

    private static final int MAX_PAGES = 256;
    /** Read-ahead in flight; libfuse's 12 starves a link with latency. */
    private static final int MAX_BACKGROUND = 64;
    /** Three quarters of it, as the kernel chooses itself. */
    private static final int CONGESTION_THRESHOLD = 48;

    static final long ASYNC_READ = 1L;
    static final long ATOMIC_O_TRUNC = 1L << 3;
    static final long BIG_WRITES = 1L << 5;
    static final long DO_READDIRPLUS = 1L << 13;
    static final long READDIRPLUS_AUTO = 1L << 14;
    static final long ASYNC_DIO = 1L << 15;
    static final long PARALLEL_DIROPS = 1L << 18;
    static final long MAX_PAGES_FLAG = 1L << 22;
    static final long CACHE_SYMLINKS = 1L << 23;
    static final long EXPLICIT_INVAL_DATA = 1L << 25;

    /** No file here runs as its owner or has capabilities: without this the kernel asks for them at every write. */
    static final long HANDLE_KILLPRIV_V2 = 1L << 28;

    static final long INIT_EXT = 1L << 30;
    static final long DIRECT_IO_ALLOW_MMAP = 1L << 36;
    static final long PASSTHROUGH = 1L << 37;

    /** Block files lie on a filesystem of a disk, not on a stack of them; a mount may still be stacked upon. */
    private static final int MAX_STACK_DEPTH = 1;

    private static final long WANTED = ASYNC_READ
            | ATOMIC_O_TRUNC
            | BIG_WRITES
            | DO_READDIRPLUS
            | READDIRPLUS_AUTO
            | ASYNC_DIO
            | PARALLEL_DIROPS
            | MAX_PAGES_FLAG
            | CACHE_SYMLINKS
            | EXPLICIT_INVAL_DATA
            | HANDLE_KILLPRIV_V2
            | INIT_EXT
            | DIRECT_IO_ALLOW_MMAP
            | PASSTHROUGH;

    /**
     * Decides on the kernel's struct fuse_init_in.
     *
     * @throws IOException when the kernel is too old
     */
    static InitHandshake answerTo(Incoming request, MountOptions options) throws IOException {
        int major = request.intAt(0);
        int minor = request.intAt(4);
        if (major != MAJOR || minor < OLDEST_MINOR) {
            throw new IOException("the kernel speaks FUSE " + major + "." + minor + ", this driver needs " + MAJOR + "."
                    + OLDEST_MINOR + " or later (Linux 5.4): use --driver jnr or a newer kernel");
        }
        long offered = Integer.toUnsignedLong(request.intAt(12));
        if ((offered & INIT_EXT) != 0) {
            offered |= (long) request.intAt(16) << Integer.SIZE;
        }
        long wanted = options.passThrough() ? WANTED : WANTED & ~PASSTHROUGH;
        return new InitHandshake(minor, offered & wanted, Math.min(request.intAt(8), options.readAheadBytes()));
    }

    boolean has(long feature) {
        return (features & feature) != 0;
    }

    /** Writes struct fuse_init_out; returns its size. */
    int write(MemorySegment out) {
        out.asSlice(0, INIT_OUT_BYTES).fill((byte) 0);
        out.set(JAVA_INT, 0, MAJOR);
        out.set(JAVA_INT, 4, Math.min(minor, SPOKEN_MINOR));
        out.set(JAVA_INT, 8, maxReadAheadBytes);
        out.set(JAVA_INT, 12, (int) features);
        out.set(JAVA_SHORT, 16, (short) MAX_BACKGROUND);
        out.set(JAVA_SHORT, 18, (short) CONGESTION_THRESHOLD);
        out.set(JAVA_INT, 20, MAX_TRANSFER_BYTES);
        out.set(JAVA_INT, 24, 1); // time_gran: nanoseconds
        out.set(JAVA_SHORT, 28, (short) MAX_PAGES);
        out.set(JAVA_INT, 32, (int) (features >>> Integer.SIZE));
        out.set(JAVA_INT, 36, has(PASSTHROUGH) ? MAX_STACK_DEPTH : 0);
        return INIT_OUT_BYTES;
    }
}
