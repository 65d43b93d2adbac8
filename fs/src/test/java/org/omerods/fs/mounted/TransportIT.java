package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.mounted.ZoneMount.Line;

/** What a read takes at a distance. */
@Timeout(60)
final class TransportIT {
    private static final long SEED = 25;
    private static final int SIZE = 96 << 20;

    @TempDir
    private Path scratch;

    private Path tree() throws IOException {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        try (FileChannel channel =
                FileChannel.open(tree.resolve("slide"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[1 << 20];
            Random random = new Random(SEED);
            for (int at = 0; at < SIZE; at += bytes.length) {
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), at);
            }
        }
        return tree;
    }

    @Test
    void aColdReadTakesOneRoundTrip() throws Exception {
        Duration roundTrip = Duration.ofMillis(100);
        Random random = new Random(SEED);
        try (ZoneMount mount = ZoneMount.open(scratch, tree(), "dev", new Line(roundTrip, 0, 0));
                FileChannel channel = FileChannel.open(mount.point().resolve("slide"))) {
            channel.read(ByteBuffer.allocate(10), 0); // logs in, opens
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 9; i++) {
                long offset = random.nextInt(SIZE / (1 << 20)) * (1L << 20) + 4096;
                long start = System.nanoTime();
                channel.read(ByteBuffer.allocate(64 << 10), offset);
                least = Math.min(least, System.nanoTime() - start);
            }
            // With the check behind the read it would be two.
            assertThat(Duration.ofNanos(least)).isLessThan(roundTrip.multipliedBy(2));
        }
    }
}
