package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.SmallDisk;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StoragePath;

/** A mount whose staged files and block files lie together on a disk that is full long before `staging.max-size`. */
final class FullStagingDiskIT {
    private static final int MIB = 1 << 20;
    private static final int DISK_MIB = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path scratch;

    private SmallDisk disk;
    private WritableMount mount;

    @BeforeEach
    void mountOnSmallDisk() throws Exception {
        disk = SmallDisk.ofMebibytes(DISK_MIB);
        mount = WritableMount.open(scratch, "dev", disk.directory());
    }

    @AfterEach
    void unmount() throws Exception {
        if (mount != null) {
            mount.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private static byte[] bytes(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] inIrods(String name) throws Exception {
        DataObject object = (DataObject)
                mount.irods().stat(StoragePath.of(WritableMount.HOME).child(name));
        byte[] found = new byte[(int) object.size()];
        try (ObjectReader reader = mount.irods().open(object)) {
            ByteBuffer target = ByteBuffer.wrap(found);
            reader.read(0, target, ObjectReader.Priority.DEMAND);
        }
        return found;
    }

    /** Takes all room of the disk but for some. */
    private Path fillDisk(long leftBytes) throws IOException {
        Path filler = disk.directory().resolve("filler");
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (filler.toFile().getUsableSpace() > leftBytes) {
                int count = (int) Math.min(MIB, filler.toFile().getUsableSpace() - leftBytes);
                channel.write(ByteBuffer.allocate(count));
            }
        }
        return filler;
    }

    private void awaitNothingStaged() {
        await().atMost(PATIENCE)
                .until(() -> mount.filesystem().staging().orElseThrow().status().files() == 0);
    }

    @Test
    void whatAWriterGotInBeforeEnospcIsUploadedAndTheMountGoesOn() throws Exception {
        byte[] content = bytes(1, 2 * DISK_MIB * MIB);
        Path file = mount.point().resolve("large");
        int written = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer source = ByteBuffer.wrap(content);
            try {
                while (written < content.length) {
                    source.limit(Math.min(content.length, written + 300_000));
                    written += channel.write(source);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
            assertThat(channel.size()).isEqualTo(written);
        }
        assertThat(written).isBetween((DISK_MIB - 4) * MIB, DISK_MIB * MIB);
        assertThat(inIrods("large")).isEqualTo(Arrays.copyOf(content, written));
        awaitNothingStaged();
        Files.delete(file);
        Files.write(mount.point().resolve("next"), Arrays.copyOf(content, 8 * MIB));
        assertThat(inIrods("next")).isEqualTo(Arrays.copyOf(content, 8 * MIB));
    }

    @Test
    void whatIsCachedGivesWayToWhatIsWritten() throws Exception {
        for (int i = 0; i < 4; i++) {
            byte[] content = bytes(i, 10 * MIB);
            Files.write(mount.point().resolve("file" + i), content);
            assertThat(inIrods("file" + i)).isEqualTo(content);
            awaitNothingStaged();
        }
        assertThat(Files.readAllBytes(mount.point().resolve("file0"))).isEqualTo(bytes(0, 10 * MIB));
    }

    @Test
    void nothingOfAWriteThatDidNotFitIsSeenInAGap() throws Exception {
        Path file = mount.point().resolve("gaps");
        Path filler = fillDisk(MIB / 2);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer source = ByteBuffer.wrap(bytes(2, MIB));
            assertThatThrownBy(() -> {
                        while (source.hasRemaining()) {
                            channel.write(source);
                        }
                    })
                    .hasMessageContaining("No space left");
            int written = source.position();
            Files.delete(filler);
            channel.write(ByteBuffer.wrap(new byte[] {1}), 2 * MIB);
            byte[] expected = Arrays.copyOf(Arrays.copyOf(source.array(), written), 2 * MIB + 1);
            expected[2 * MIB] = 1;
            assertThat(Files.readAllBytes(file)).isEqualTo(expected);
        }
    }

    @Test
    void filesThatCannotBeMadeAreEnospcAndLeaveNothing() throws Exception {
        Path filler = fillDisk(0);
        Path file = mount.point().resolve("late");
        assertThatThrownBy(() -> Files.write(file, bytes(3, 5 * MIB))).hasMessageContaining("No space left");
        assertThat(Files.exists(file)).isFalse();
        try (var staged = Files.list(disk.directory().resolve("staging"))) {
            assertThat(staged.map(one -> one.getFileName().toString())).containsExactlyInAnyOrder("lock", "identity");
        }
        Files.delete(filler);
        Files.write(file, bytes(3, 5 * MIB));
        assertThat(inIrods("late")).isEqualTo(bytes(3, 5 * MIB));
    }

    @Test
    void aFileThatIsOpenIsRenamedSynchronizedAndReadOnAFullDisk() throws Exception {
        byte[] content = bytes(4, 3 * MIB);
        Path file = mount.point().resolve("open");
        Path renamed = mount.point().resolve("renamed");
        Files.write(mount.point().resolve("other"), content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            Path filler = fillDisk(0);
            Files.move(file, renamed);
            channel.force(true);
            assertThat(inIrods("renamed")).isEqualTo(content);
            assertThat(Files.readAllBytes(mount.point().resolve("other"))).isEqualTo(content);
            Files.delete(filler);
        }
        awaitNothingStaged();
        assertThat(Files.readAllBytes(renamed)).isEqualTo(content);
    }
}
