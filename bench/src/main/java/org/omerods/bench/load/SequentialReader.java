package org.omerods.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** One program that reads a file from its start: read(2) into one buffer, no mapping, no thread. */
public final class SequentialReader {
    private SequentialReader() {}

    /**
     * Reads to the end, or until the time is over.
     *
     * @param blockBytes of one read
     */
    public static Load read(Path file, int blockBytes, double maxSeconds) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(blockBytes);
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        long bytes = 0;
        long[] nanos = new long[1024];
        int operations = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            long before = System.nanoTime();
            int length = channel.read(buffer);
            while (length > 0) {
                long after = System.nanoTime();
                if (operations == nanos.length) {
                    nanos = Arrays.copyOf(nanos, operations * 2);
                }
                nanos[operations++] = after - before;
                bytes += length;
                if (after > end) {
                    break;
                }
                buffer.clear();
                before = System.nanoTime();
                length = channel.read(buffer);
            }
        }
        return new Load(bytes, Arrays.copyOf(nanos, operations), (System.nanoTime() - start) / 1e9);
    }
}
