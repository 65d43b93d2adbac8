package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.mounted.ZoneMount.Line;
import org.omerods.fs.vfs.ReadStatistics;

/** An object of 20 GB: the edges of 32-bit arithmetic, and what random reads cost. */
final class LargeObjectIT {
    private static final long GIB = 1L << 30;
    private static final long SIZE = 20 * GIB + 12_345;
    private static final long[] EDGES = {0, 2 * GIB, 4 * GIB, 16_996_139_008L, 16 * GIB, 17 * GIB, 20 * GIB};
    private static final int AROUND = 1 << 20;
    private static final long SEED = 20;

    @TempDir
    private Path scratch;

    /** A folder with a file whose bytes around the edges tell where they are; holes elsewhere. */
    private Path treeOfOneLargeFile() throws IOException {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        Path file = tree.resolve("large.ndpi");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long edge : EDGES) {
                long from = Math.max(0, edge - AROUND);
                ByteBuffer bytes = expected(from, (int) (Math.min(edge + AROUND, SIZE) - from));
                channel.write(bytes, from);
            }
            channel.write(ByteBuffer.allocate(1), SIZE - 1);
        }
        return tree;
    }

    private static ByteBuffer expected(long from, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (long position = from; bytes.hasRemaining(); position++) {
            bytes.put((byte) (position ^ position >>> 8 ^ position >>> 16 ^ position >>> 32));
        }
        return bytes.flip();
    }

    @Test
    void readsAroundTheEdgesOf32BitsAreRight() throws Exception {
        Path tree = treeOfOneLargeFile();
        try (ZoneMount mount = ZoneMount.open(scratch, tree, "dev", Line.DIRECT);
                FileChannel channel = FileChannel.open(mount.point().resolve("large.ndpi"))) {
            assertThat(channel.size()).isEqualTo(SIZE);
            for (long edge : EDGES) {
                long from = Math.max(0, edge - 70_001);
                ByteBuffer read = ByteBuffer.allocate((int) Math.min(140_002, SIZE - 1 - from));
                while (read.hasRemaining() && channel.read(read, from + read.position()) > 0) {
                    // until it is full
                }
                assertThat(read.flip()).as("around %d", edge).isEqualTo(expected(from, read.limit()));
            }
            assertThat(channel.read(ByteBuffer.allocate(10), SIZE)).isEqualTo(-1);
        }
    }

    @Test
    void randomReadsFetchLittleMoreThanTheyAskFor() throws Exception {
        Path tree = treeOfOneLargeFile();
        Random random = new Random(SEED);
        try (ZoneMount mount = ZoneMount.open(scratch, tree, "dev", Line.DIRECT);
                FileChannel channel = FileChannel.open(mount.point().resolve("large.ndpi"))) {
            long asked = 0;
            for (int i = 0; i < 300; i++) {
                ByteBuffer target = ByteBuffer.allocate(256 * 1024);
                long offset = random.nextLong(SIZE - target.capacity());
                asked += channel.read(target, offset);
            }
            ReadStatistics statistics = mount.filesystem().statistics();
            assertThat((double) statistics.bytesFetched() / asked)
                    .as("fetched %d for %d", statistics.bytesFetched(), asked)
                    .isLessThanOrEqualTo(1.3);
        }
    }
}
