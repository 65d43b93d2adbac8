package org.omerods.cli.command;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** A daemon that is killed while programs write: what becomes of their bytes, here and in iRODS. */
final class KilledWriterIT {
    private static final String HOME = "/tempZone/home/rods";
    private static final int MIB = 1 << 20;

    /** Beyond `staging.early-upload`: its upload is under way when the daemon is killed. */
    private static final int LARGE_BYTES = 80 * MIB;

    private static final int SMALL_FILES = 20;

    private final Path scratch;
    private final EmbeddedZone zone;
    private final Path point;
    private final Path elsewhere;
    private final List<FileChannel> open = new ArrayList<>();

    KilledWriterIT(@TempDir Path scratch) throws IOException {
        this.scratch = scratch;
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectory(scratch.resolve("zone"))));
        point = Files.createTempDirectory("omerods-mnt");
        elsewhere = Files.createTempDirectory("omerods-mnt");
    }

    @BeforeEach
    void login() throws IOException {
        zone.admin().putBytes(HOME + "/over", bytes("before", 3 * MIB));
        Files.writeString(scratch.resolve("password"), "rods\n");
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (FileChannel channel : open) {
            closeQuietly(channel);
        }
        for (Path mount : List.of(point, elsewhere)) {
            if (MountTable.read().at(mount).isPresent()) {
                here().run("unmount", "--lazy", mount.toString());
            }
            Files.deleteIfExists(mount);
        }
        zone.close();
    }

    /** The descriptor of a mount that is gone. */
    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // ENOTCONN: what was acknowledged before is what the test is about
        }
    }

    private Program here() {
        return new Program(scratch.resolve("here"));
    }

    private List<String> login(String command, String... more) {
        return Program.login(command, zone, scratch.resolve("password"), more);
    }

    /** The same bytes for the same name. */
    private static byte[] bytes(String name, int length) {
        byte[] bytes = new byte[length];
        new Random(name.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private FileChannel written(String name, byte[] content) throws IOException {
        FileChannel channel =
                FileChannel.open(point.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        open.add(channel);
        append(channel, content);
        return channel;
    }

    private static void append(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Small files closed, one overwritten, one written on after fsync, a large one in the middle; then kill -9. */
    private void writeAndKill() throws Exception {
        Process daemon = here().mounted(login("mount", HOME, point.toString()));
        for (int i = 0; i < SMALL_FILES; i++) {
            Files.write(point.resolve("small-" + i), bytes("small-" + i, 1000 + i));
        }
        Files.write(point.resolve("over"), bytes("after", 2 * MIB));
        FileChannel synced = written("synced", bytes("first half", MIB));
        synced.force(true);
        append(synced, bytes("second half", MIB));
        FileChannel ignored = written("large", bytes("large", LARGE_BYTES));
        assertThat(ignored.isOpen()).isTrue();
        daemon.destroyForcibly().waitFor();
        open.forEach(KilledWriterIT::closeQuietly);
    }

    /** What other clients of the zone see: a mount of its own, without what this one kept. */
    private void inTheZone(Check check) throws Exception {
        Program other = new Program(Files.createTempDirectory(scratch, "other"));
        Process mount = other.mounted(login("mount", "--read-only", HOME, elsewhere.toString()));
        try {
            check.of(elsewhere);
        } finally {
            mount.destroy();
            mount.waitFor();
        }
    }

    /** Looks into a directory. */
    private interface Check {
        void of(Path directory) throws Exception;
    }

    private static void acknowledgedIsThere(Path directory) throws IOException {
        for (int i = 0; i < SMALL_FILES; i++) {
            assertThat(directory.resolve("small-" + i)).hasBinaryContent(bytes("small-" + i, 1000 + i));
        }
        assertThat(directory.resolve("over")).hasBinaryContent(bytes("after", 2 * MIB));
        byte[] synced = Files.readAllBytes(directory.resolve("synced"));
        assertThat(Arrays.copyOf(synced, MIB)).isEqualTo(bytes("first half", MIB));
    }

    private static void allIsThere(Path directory) throws IOException {
        acknowledgedIsThere(directory);
        byte[] synced = Files.readAllBytes(directory.resolve("synced"));
        assertThat(Arrays.copyOfRange(synced, MIB, synced.length)).isEqualTo(bytes("second half", MIB));
        assertThat(directory.resolve("large")).hasBinaryContent(bytes("large", LARGE_BYTES));
    }

    @Test
    void afterAKillTheZoneHasWhatWasAcknowledgedAndNothingHalfWritten() throws Exception {
        writeAndKill();
        inTheZone(directory -> {
            acknowledgedIsThere(directory);
            assertThat(directory.resolve("synced")).hasSize(MIB);
            if (Files.exists(directory.resolve("large"))) {
                assertThatThrownBy(() -> Files.readAllBytes(directory.resolve("large")))
                        .as("half of it is not shown as good")
                        .isInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void theNextMountHasAllThatWasWrittenAndUploadsIt() throws Exception {
        writeAndKill();
        Process again = here().mounted(login("mount", HOME, point.toString()));
        allIsThere(point);
        await().atMost(Program.PATIENCE)
                .untilAsserted(() -> assertThat(here().run("recover").out())
                        .contains("nothing")
                        .doesNotContain("large"));
        again.destroy();
        again.waitFor();
        inTheZone(KilledWriterIT::allIsThere);
    }

    @Test
    void recoverUploadsItWithoutAMount() throws Exception {
        writeAndKill();
        Program.Result recovered = here().run(login("recover", "--unmounted", HOME, point.toString()));
        assertThat(recovered.code()).as(recovered.out()).isZero();
        assertThat(recovered.out()).contains("2 files of an earlier mount").contains("2 uploaded");
        inTheZone(KilledWriterIT::allIsThere);
    }
}
