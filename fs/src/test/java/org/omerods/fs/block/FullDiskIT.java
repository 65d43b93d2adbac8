package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.fs.SmallDisk;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;

/** A real filesystem that is too small, or turns read-only: a tmpfs of 8 MiB, which only root can make. */
class FullDiskIT {
    private static final int MIB = 1 << 20;
    private static final int DISK_MIB = 8;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final TestTicker ticker = new TestTicker();
    private SmallDisk disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = SmallDisk.ofMebibytes(DISK_MIB);
    }

    @AfterEach
    void unmountSmallDisk() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private BlockCache open() throws IOException {
        return BlockCache.open(
                storage, BlockCacheConfig.in(disk.directory().resolve("cache")), PrefetchConfig.OFF, _ -> {}, ticker);
    }

    private static void readAndCheck(CachedObject object, long offset) throws Exception {
        BlockSlice slice = object.read(offset, MIB);
        assertThat(slice.bytes().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(GeneratedStorage.bytes(1, offset, MIB));
        slice.release();
    }

    @Test
    void aFullDiskCostsTheCacheAndNotTheBytesAndRoomIsUsedAgain() throws Exception {
        try (BlockCache cache = open();
                CachedObject object = cache.open(storage.object("/a", 64L * MIB))) {
            for (int i = 0; i < 32; i++) {
                readAndCheck(object, (long) i * MIB);
            }
            assertThat(cache.statistics().pastCacheBytes()).isGreaterThan(10L * MIB);
            assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo((long) DISK_MIB * MIB);
            ticker.advance(DiskState.RETRY_AFTER);
            readAndCheck(object, 40L * MIB);
            assertThat(object.readIfPresent(40L * MIB, MIB))
                    .as("an eighth was given back for newer bytes")
                    .isPresent();
        }
    }

    @Test
    void aDiskThatTurnsReadOnlyCostsTheCacheUntilItIsWritableAgain() throws Exception {
        try (BlockCache cache = open();
                CachedObject object = cache.open(storage.object("/a", 64L * MIB));
                CachedObject other = cache.open(storage.object("/b", 64L * MIB))) {
            readAndCheck(object, 0);
            cache.maintenance().evict(object.object());
            String path = disk.directory().toString();
            // A writable mapping keeps a filesystem from turning read-only: root's own view of it is turned instead.
            assumeTrue(
                    SmallDisk.run("mount", "--bind", path, path)
                            && SmallDisk.run("mount", "-o", "remount,bind,ro", path),
                    "bind mounts cannot be made here");
            try {
                readAndCheck(other, 0);
                assertThat(cache.statistics().pastCacheBytes()).isEqualTo(MIB);
            } finally {
                assertThat(SmallDisk.run("umount", path)).isTrue();
            }
            ticker.advance(DiskState.RETRY_AFTER);
            readAndCheck(other, 0);
            assertThat(other.readIfPresent(0, MIB)).isPresent();
        }
    }
}
