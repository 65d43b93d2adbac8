package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.mounted.ZoneMount.Line;

/** What a program sees when the server is away, comes back, or has changed a slide; and what it sees of iRODS. */
final class ServerAwayIT {
    private static final int SIZE = 4 << 20;

    @TempDir
    private Path scratch;

    private ZoneMount mount() throws Exception {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        ZoneMount mount = ZoneMount.open(scratch, tree, "dev", Line.DIRECT, "/tempZone/home/rods");
        mount.zone().admin().putBytes("/tempZone/home/rods/slide.svs", filled((byte) 1));
        return mount;
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[SIZE];
        java.util.Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte read(FileChannel channel, long offset) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(channel.read(one, offset)).isEqualTo(1);
        return one.get(0);
    }

    @Test
    void aServerThatIsAwayIsAnErrorInBoundedTimeAndItsReturnIsNoticed() throws Exception {
        try (ZoneMount mount = mount();
                FileChannel channel = FileChannel.open(mount.point().resolve("slide.svs"))) {
            assertThat(read(channel, 0)).isEqualTo((byte) 1);
            mount.zone().faults().refuseConnections(true);
            mount.zone().faults().killAgents();
            long start = System.nanoTime();
            assertThatThrownBy(() -> read(channel, SIZE - 5000)).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(90));
            assertThat(read(channel, 0))
                    .as("what was read before is still there")
                    .isEqualTo((byte) 1);
            mount.zone().faults().refuseConnections(false);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> read(channel, SIZE - 5000) == (byte) 1);
        }
    }

    @Test
    void aReplacedSlideIsNeverMixed() throws Exception {
        try (ZoneMount mount = mount();
                FileChannel old = FileChannel.open(mount.point().resolve("slide.svs"))) {
            assertThat(read(old, 0)).isEqualTo((byte) 1);
            mount.zone()
                    .admin()
                    .putBytes("/tempZone/home/rods/slide.svs", java.util.Arrays.copyOf(filled((byte) 2), SIZE + 1));
            assertThatThrownBy(() -> read(old, SIZE - 5000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Stale");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try (FileChannel fresh = FileChannel.open(mount.point().resolve("slide.svs"))) {
                    return read(fresh, SIZE - 5000) == (byte) 2 && fresh.size() == SIZE + 1;
                }
            });
        }
    }

    @Test
    void irodsMetadataAreExtendedAttributes() throws Exception {
        try (ZoneMount mount = mount()) {
            mount.zone().admin().addAvu("/tempZone/home/rods/slide.svs", "stain", "H&E", "");
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(mount.point().resolve("slide.svs"), UserDefinedFileAttributeView.class);
            assertThat(view.list()).contains("irods.path", "irods.data_id", "irods.replica", "irods.avu.stain");
            ByteBuffer value = ByteBuffer.allocate(view.size("irods.avu.stain"));
            view.read("irods.avu.stain", value);
            assertThat(new String(value.array(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("H&E");
        }
    }
}
