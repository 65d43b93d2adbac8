package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.linux.Libc;

/** Files that the kernel reads itself on a mount that can be written to. */
final class PassedFileWritingIT {
    /** The least size that is passed through there is 32 MiB. */
    private static final int BYTES = 33 << 20;

    @TempDir
    private Path scratch;

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        new Random(BYTES).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aPassedFileIsBusyForWritersUntilItsReadersCloseIt() throws Exception {
        assumeTrue(Libc.effectiveUser() == 0, "needs root: only root may ask the kernel to pass reads through");
        byte[] bytes = random();
        try (WritableMount mount = WritableMount.open(scratch, "dev")) {
            Path slide = mount.point().resolve("slide.ndpi");
            Files.write(slide, bytes);
            await().untilAsserted(
                            () -> assertThat(readsThatCameHere(mount, slide)).isZero());
            try (FileChannel reader = FileChannel.open(slide)) {
                assertThatThrownBy(() -> write(slide, new byte[] {1, 2, 3}))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Text file busy");
                ByteBuffer first = ByteBuffer.allocate(3);
                reader.read(first, 0);
                assertThat(first.array()).containsExactly(bytes[0], bytes[1], bytes[2]);
            }
            await().untilAsserted(() -> write(slide, new byte[] {1, 2, 3}));
            bytes[0] = 1;
            bytes[1] = 2;
            bytes[2] = 3;
            assertThat(Files.readAllBytes(slide)).isEqualTo(bytes);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.wrap(bytes), 0)).isEqualTo(bytes.length);
        }
    }

    /** After the kernel's own pages of it are gone. */
    private static long readsThatCameHere(WritableMount mount, Path file) throws IOException {
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
        long before = asked(mount);
        assertThat(Files.size(file)).isEqualTo(BYTES);
        assertThat(Files.readAllBytes(file)).hasSize(BYTES);
        return asked(mount) - before;
    }

    private static long asked(WritableMount mount) {
        return mount.filesystem().statistics().blocks().bytesAsked();
    }
}
