package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import org.omerods.fs.fuse.linux.Libc;

/** Native memory to answer one request with: header, vector, and room for a small body. Not thread-safe; pooled. */
final class ReplyBuffer {
    /** Holds every struct and the usual extended attribute; longer bodies come in segments of their own. */
    static final int BODY_BYTES = 4096;
    /** A 1 MiB read out of single pages of 4 KiB; the kernel's own limit is 1024. */
    static final int MAX_SEGMENTS = 256;

    private static final int VECTOR_BYTES = 16;
    private static final int ALIGNMENT = 8;

    private final MemorySegment errnoState;
    private final MemorySegment header;
    private final MemorySegment vectors;
    private final MemorySegment body;

    ReplyBuffer() {
        Arena arena = Arena.ofAuto();
        errnoState = arena.allocate(Libc.ERRNO_LAYOUT);
        header = arena.allocate(Wire.OUT_HEADER_BYTES, ALIGNMENT);
        vectors = arena.allocate((MAX_SEGMENTS + 1) * VECTOR_BYTES, ALIGNMENT);
        body = arena.allocate(BODY_BYTES, ALIGNMENT);
    }

    MemorySegment body() {
        return body;
    }

    /** Answers with an error number, 0 or negative, and nothing else. */
    long sendStatus(DeviceChannel channel, long unique, int error) {
        Wire.header(header, Wire.OUT_HEADER_BYTES, error, unique);
        vector(0, header, Wire.OUT_HEADER_BYTES);
        return channel.write(vectors, 1, errnoState);
    }

    /** Answers, or notifies when {@code code} is not 0, with the first {@code length} bytes of the body. */
    long sendBody(DeviceChannel channel, long unique, int code, int length) {
        Wire.header(header, Wire.OUT_HEADER_BYTES + length, code, unique);
        vector(0, header, Wire.OUT_HEADER_BYTES);
        vector(1, body, length);
        return channel.write(vectors, 2, errnoState);
    }

    /** Answers with segments of native memory that together are {@code length} bytes: the kernel copies from them. */
    long sendSegments(DeviceChannel channel, long unique, List<MemorySegment> segments, long length) {
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException(segments.size() + " segments in one answer, at most " + MAX_SEGMENTS);
        }
        Wire.header(header, Math.toIntExact(Wire.OUT_HEADER_BYTES + length), 0, unique);
        vector(0, header, Wire.OUT_HEADER_BYTES);
        int count = 1;
        for (MemorySegment segment : segments) {
            if (!segment.isNative()) {
                throw new IllegalArgumentException("an answer in heap memory");
            }
            vector(count++, segment, segment.byteSize());
        }
        try {
            return channel.write(vectors, count, errnoState);
        } finally {
            Reference.reachabilityFence(segments); // the vector holds bare addresses
        }
    }

    private void vector(int index, MemorySegment memory, long length) {
        vectors.set(JAVA_LONG, (long) index * VECTOR_BYTES, memory.address());
        vectors.set(JAVA_LONG, (long) index * VECTOR_BYTES + 8, length);
    }
}
