package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.PresentationConfig;
import org.omerods.fs.vfs.StorageFilesystem;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

/** Complete files are read by the kernel itself, whatever is opened, replaced and evicted meanwhile. */
@Timeout(60)
final class PassThroughIT {
    private static final long SEED = 20_261_125;
    private static final int MIB = 1 << 20;
    private static final StoragePath ROOT = StoragePath.of("/place");

    @TempDir
    private Path scratch;

    private final MemoryStorage storage = new MemoryStorage();
    private StorageFilesystem filesystem;
    private Mount mount;
    private Path point;

    @BeforeEach
    void mount() throws Exception {
        FuseDriver driver = ZoneMount.driver("dev");
        assumeTrue(Libc.effectiveUser() == 0, "needs root: only root may ask the kernel to pass reads through");
        storage.createCollection(ROOT);
        MetadataCacheConfig metadata =
                new MetadataCacheConfig(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1000, 1000);
        FilesystemConfig config = new FilesystemConfig(
                metadata,
                BlockCacheConfig.in(scratch.resolve("blocks")).withMaxBytes(16L * MIB),
                PrefetchConfig.DEFAULTS,
                PresentationConfig.ofThisProcess());
        filesystem = StorageFilesystem.create(storage, ROOT, config, Ticker.systemTicker());
        point = Files.createDirectory(scratch.resolve("mnt"));
        mount = driver.mount(filesystem, point, MountOptions.of("memory"));
    }

    @AfterEach
    void unmount() {
        if (mount != null) {
            mount.close();
            filesystem.close();
        }
    }

    /** Version k of a file holds k in every byte, and has its own length. */
    private void put(String name, int version) throws StorageException {
        byte[] bytes = new byte[sizeOf(version)];
        Arrays.fill(bytes, (byte) version);
        try (ObjectWriter writer = storage.write(ROOT.child(name), WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(bytes));
            writer.commit();
        }
    }

    private static int sizeOf(int version) {
        return 2 * MIB + version;
    }

    private long asked() {
        return filesystem.statistics().blocks().bytesAsked();
    }

    private static void readAll(Path file, int version) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(sizeOf(version)).containsOnly(version);
    }

    private static void read(FileChannel channel, long offset, int version) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100_000);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
            // until it is full
        }
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(bytes.array()).containsOnly(version);
    }

    @Test
    void aCompleteFileIsReadWithoutAskingTheFilesystem() throws Exception {
        put("a", 1);
        readAll(point.resolve("a"), 1);
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
        long before = asked();
        readAll(point.resolve("a"), 1);
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aFileThatBecomesCompleteWhileOpenIsPassedThroughFromTheNextOpenOn() throws Exception {
        put("a", 2);
        try (FileChannel first = FileChannel.open(point.resolve("a"))) {
            for (int offset = 0; offset < 2 * MIB; offset += 100_000) {
                read(first, Math.min(offset, 2 * MIB - 100_000), 2);
            }
            read(first, sizeOf(2) - 100_000, 2);
            try (FileChannel second = FileChannel.open(point.resolve("a"))) {
                read(second, 5, 2);
                read(first, 5, 2);
            }
        }
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
        long before = asked();
        readAll(point.resolve("a"), 2);
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aNewVersionIsReadWhileTheOldOneIsPassedThrough() throws Exception {
        put("a", 3);
        readAll(point.resolve("a"), 3);
        try (FileChannel old = FileChannel.open(point.resolve("a"))) {
            read(old, 0, 3);
            put("a", 4);
            try (FileChannel now = FileChannel.open(point.resolve("a"))) {
                read(now, 1000, 4);
                read(old, 1000, 3);
                readAll(point.resolve("a"), 4);
                readAll(point.resolve("a"), 4);
                read(old, MIB, 3);
                read(now, MIB, 4);
            }
        }
        readAll(point.resolve("a"), 4);
    }

    @Test
    void nothingOfAPassedFileIsEvicted() throws Exception {
        put("a", 5);
        readAll(point.resolve("a"), 5);
        try (FileChannel passed = FileChannel.open(point.resolve("a"))) {
            for (int version = 10; version < 22; version++) {
                put("other" + version, version);
                readAll(point.resolve("other" + version), version);
            }
            assertThat(filesystem.statistics().blocks().evictedBytes()).isPositive();
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
            for (int offset = 0; offset < 19; offset++) {
                read(passed, offset * 100_000L, 5);
            }
        }
    }

    /** A handle and the version that it was opened with. */
    private record Open(FileChannel channel, int version) {}

    @Test
    void opensReadsAndClosesInAnyOrderGiveTheBytesOfOneVersion() throws Exception {
        Random random = new Random(SEED);
        List<Open> handles = new ArrayList<>();
        int version = 30;
        put("a", version);
        for (int step = 0; step < 150; step++) {
            int what = random.nextInt(20);
            if (what == 0 && version < 120) {
                version++;
                put("a", version);
            } else if (what < 6 && handles.size() < 8) {
                handles.add(new Open(FileChannel.open(point.resolve("a")), version));
            } else if (what < 10 && !handles.isEmpty()) {
                handles.remove(random.nextInt(handles.size())).channel().close();
            } else if (what == 10) {
                readAll(point.resolve("a"), version);
            } else if (!handles.isEmpty()) {
                readOrStale(handles.get(random.nextInt(handles.size())), random, version, step);
            }
        }
        for (Open handle : handles) {
            handle.channel().close();
        }
    }

    private static void readOrStale(Open handle, Random random, int now, int step) throws IOException {
        try {
            read(handle.channel(), random.nextInt(2 * MIB - 100_000), handle.version());
        } catch (IOException e) {
            assertThat(handle.version())
                    .as("seed %s, step %s: %s", SEED, step, e)
                    .isLessThan(now);
            assertThat(e).hasMessageContaining("Stale");
        }
    }
}
