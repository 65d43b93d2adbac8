package org.omerods.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Reads the small files of a directory one after the other, each from open to close. */
public final class WholeFiles {
    private static final int BUFFER_BYTES = 64 << 10;

    private WholeFiles() {}

    /** In which order. */
    public enum Order {
        /** That of the listing, as cp and tar. */
        LISTED,
        SHUFFLED
    }

    /**
     * Lists the directory, then reads until all were read or the time is over. The listing is not timed.
     *
     * @param seed of the shuffle
     */
    public static Load read(Path directory, Order order, double maxSeconds, long seed)
            throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = new ArrayList<>(listed.sorted().toList());
        }
        if (order == Order.SHUFFLED) {
            Collections.shuffle(files, new Random(seed));
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        return Load.ofEach(files, maxSeconds, file -> read(file, buffer));
    }

    private static long read(Path file, ByteBuffer buffer) throws IOException {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int count = 0; count >= 0; count = channel.read(buffer.clear())) {
                bytes += count;
            }
        }
        return bytes;
    }
}
