package org.omerods.fs.vfs;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Bytes of a read, in native memory, in order. The receiver calls {@link #release} exactly once, after which the segments
 * must not be touched.
 */
public record ReadData(List<MemorySegment> segments, Runnable release) {
    public ReadData {
        segments = List.copyOf(segments);
    }

    /** The answer at and behind the end of a file. */
    public static ReadData empty() {
        return new ReadData(List.of(), () -> {});
    }

    public long byteSize() {
        return segments.stream().mapToLong(MemorySegment::byteSize).sum();
    }
}
