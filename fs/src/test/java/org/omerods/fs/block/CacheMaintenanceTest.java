package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;

/** Warming, pinning, evicting, verifying, looking into. */
class CacheMaintenanceTest {
    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    private BlockCache open() throws IOException {
        BlockCacheConfig config = new BlockCacheConfig(directory, 64 * BLOCK, BLOCK, 4 * BLOCK, 100);
        return BlockCache.open(storage, config, PrefetchConfig.OFF, _ -> {}, new TestTicker());
    }

    @Test
    void warmingFetchesWhatIsMissingOnceAndBehindEverybodyElse() throws Exception {
        DataObject object = storage.object("/a", 30 * BLOCK + 5);
        try (BlockCache cache = open()) {
            try (CachedObject opened = cache.open(object)) {
                opened.read(0, 4 * BLOCK).release();
            }
            storage.forgetCalls();
            warm(cache, object);
            assertThat(storage.calls("read")).hasSize(7).allMatch(call -> call.endsWith("PREFETCH"));
            assertThat(cache.maintenance().contents())
                    .containsExactly(new CachedContent("/a", object.size(), object.size(), false));
            assertThat(cache.statistics().completeFiles()).isEqualTo(1);
        }
    }

    @Test
    void whatIsPinnedStaysOverTrafficAndRestartsUntilItIsUnpinned() throws Exception {
        DataObject kept = storage.object("/kept", 20 * BLOCK);
        DataObject other = storage.object("/other", 1000 * BLOCK);
        try (BlockCache cache = open()) {
            cache.maintenance().pin(kept);
            warm(cache, kept);
            readThrough(cache, other);
            assertThat(contentOf(cache, "/kept").isComplete()).isTrue();
        }
        try (BlockCache cache = open()) {
            assertThat(contentOf(cache, "/kept").pinned()).isTrue();
            readThrough(cache, other);
            assertThat(contentOf(cache, "/kept").isComplete()).isTrue();
            assertThat(cache.statistics().pinnedBytes()).isEqualTo(20 * BLOCK);
            cache.maintenance().unpin(kept);
            readThrough(cache, other);
            readThrough(cache, storage.object("/more", 1000 * BLOCK));
            assertThat(contentOf(cache, "/kept").isComplete()).isFalse();
        }
    }

    private static void warm(BlockCache cache, DataObject object) throws Exception {
        for (ByteRange piece : cache.maintenance().pieces(object)) {
            assertThat(cache.maintenance().warm(object, piece)).isTrue();
        }
    }

    private static void readThrough(BlockCache cache, DataObject object) throws Exception {
        try (CachedObject opened = cache.open(object)) {
            for (int block = 0; block < 1000; block++) {
                opened.read((long) block * BLOCK, BLOCK).release();
            }
        }
    }

    private static CachedContent contentOf(BlockCache cache, String path) {
        return cache.maintenance().contents().stream()
                .filter(content -> content.path().equals(path))
                .findAny()
                .orElseThrow();
    }

    @Test
    void pinsAreAShareOfTheBudget() throws Exception {
        try (BlockCache cache = open()) {
            cache.maintenance().pin(storage.object("/a", 40 * BLOCK));
            assertThatThrownBy(() -> cache.maintenance().pin(storage.object("/b", 20 * BLOCK)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/b")
                    .hasMessageContaining("cache.max-size");
        }
    }

    @Test
    void evictingDropsEverythingThatNobodyReads() throws Exception {
        DataObject object = storage.object("/a", 20 * BLOCK);
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            warm(cache, object);
            BlockSlice slice = opened.read(0, BLOCK);
            assertThat(cache.maintenance().evict(object)).isEqualTo(16 * BLOCK);
            slice.release();
            assertThat(cache.maintenance().evict(object)).isEqualTo(4 * BLOCK);
            assertThat(cache.statistics().cachedBytes()).isZero();
        }
    }

    @Test
    void verifyingFindsABlockThatWasDamagedUnderARunningMount() throws Exception {
        DataObject object = storage.object("/a", 20 * BLOCK);
        try (BlockCache cache = open()) {
            warm(cache, object);
            assertThat(cache.maintenance().verify(_ -> {}, () -> true))
                    .isEqualTo(new CacheMaintenance.Verified(20 * BLOCK, 0));
            Path blocks;
            try (Stream<Path> files = Files.list(directory)) {
                blocks = files.filter(file -> file.toString().endsWith(".blocks"))
                        .findAny()
                        .orElseThrow();
            }
            try (RandomAccessFile file = new RandomAccessFile(blocks.toFile(), "rw")) {
                file.seek(5 * BLOCK);
                file.write(new byte[100]);
            }
            assertThat(cache.maintenance().verify(_ -> {}, () -> true))
                    .isEqualTo(new CacheMaintenance.Verified(20 * BLOCK, BLOCK));
            try (CachedObject opened = cache.open(object)) {
                BlockSlice slice = opened.read(5 * BLOCK, BLOCK);
                assertThat(slice.bytes().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(GeneratedStorage.bytes(1, 5 * BLOCK, BLOCK));
                slice.release();
            }
        }
    }

    @Test
    void orphansAndReplacedVersionsAreRemoved() throws Exception {
        DataObject old = storage.object("/a", 2 * BLOCK);
        try (BlockCache cache = open()) {
            warm(cache, old);
            Files.createFile(directory.resolve("9-orphan-1.blocks"));
            assertThat(cache.maintenance().removeOrphans()).isEqualTo(1);
            assertThat(cache.maintenance().removeOthersAt("/a", List.of(old))).isZero();
            DataObject current = storage.object("/a", 3 * BLOCK);
            assertThat(cache.maintenance().removeOthersAt("/a", List.of(current)))
                    .isEqualTo(1);
            assertThat(cache.maintenance().contents()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatNoMountUsesCanBeLookedInto() throws Exception {
        try (BlockCache cache = open()) {
            warm(cache, storage.object("/a", 9 * BLOCK + 1));
            assertThatThrownBy(() -> CacheMaintenance.inspect(directory)).hasMessageContaining("in use");
        }
        assertThat(CacheMaintenance.inspect(directory))
                .containsExactly(new CachedContent("/a", 9 * BLOCK + 1, 9 * BLOCK + 1, false));
    }
}
