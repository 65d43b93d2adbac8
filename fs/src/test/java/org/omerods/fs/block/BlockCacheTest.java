package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SiblingConfig;
import org.omerods.fs.plan.SlideConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.HeldStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/** Budget, eviction, disk and prefetch of the block files. */
class BlockCacheTest {
    private static final int BLOCK = 4096;
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final TestTicker ticker = new TestTicker();

    private BlockCache open(Storage through, BlockCacheConfig config, PrefetchConfig prefetch) throws IOException {
        return BlockCache.open(through, config, prefetch, _ -> {}, ticker);
    }

    private BlockCache eightBlocks() throws IOException {
        return open(storage, new BlockCacheConfig(directory, 8 * BLOCK, BLOCK, BLOCK, 100), PrefetchConfig.OFF);
    }

    private static void readAndCheck(CachedObject object, long offset, int length) throws StorageException {
        BlockSlice slice = object.read(offset, length);
        check(slice, offset, length);
        slice.release();
    }

    private static void check(BlockSlice slice, long offset, int length) {
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
            expected[i] = GeneratedStorage.byteAt(1, offset + i);
        }
        assertThat(slice.bytes().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
    }

    @RepeatedTest(10)
    void whatIsReadAgainStaysWhenOthersHaveToGo() throws Exception {
        long blocks = 100;
        try (BlockCache cache = open(
                        storage,
                        new BlockCacheConfig(directory, blocks * BLOCK, BLOCK, BLOCK, 100),
                        PrefetchConfig.OFF);
                CachedObject object = cache.open(storage.object("/a", 1000 * BLOCK))) {
            for (int i = 0; i < 2 * blocks; i++) {
                readAndCheck(object, (long) i * BLOCK, BLOCK);
                if (i % 10 == 0) {
                    assertThat(object.readIfPresent(0, BLOCK)).hasValueSatisfying(BlockSlice::release);
                }
            }
            assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo(blocks * BLOCK);
            assertThat(cache.statistics().evictedBytes()).isGreaterThanOrEqualTo(blocks * BLOCK);
        }
    }

    @Test
    void bytesInUseStayWhatTheyAreWhateverIsEvicted() throws Exception {
        try (BlockCache cache = eightBlocks();
                CachedObject object = cache.open(storage.object("/a", 1000 * BLOCK))) {
            BlockSlice kept = object.read(3 * BLOCK, 2 * BLOCK);
            for (int i = 10; i < 500; i++) {
                readAndCheck(object, (long) i * BLOCK, BLOCK);
            }
            check(kept, 3 * BLOCK, 2 * BLOCK);
            kept.release();
            kept.release();
        }
    }

    @Test
    void whatDoesNotFitIsReadPastTheCache() throws Exception {
        try (BlockCache cache = eightBlocks();
                CachedObject object = cache.open(storage.object("/a", 100 * BLOCK))) {
            readAndCheck(object, 0, 50 * BLOCK);
            assertThat(cache.statistics().pastCacheBytes()).isEqualTo(50 * BLOCK);
            List<BlockSlice> held = new ArrayList<>();
            for (int i = 60; i < 68; i++) {
                held.add(object.read((long) i * BLOCK, BLOCK));
            }
            readAndCheck(object, 70L * BLOCK, BLOCK);
            assertThat(cache.statistics().pastCacheBytes()).isEqualTo(51 * BLOCK);
            held.forEach(BlockSlice::release);
            readAndCheck(object, 71L * BLOCK, BLOCK);
            assertThat(cache.statistics().pastCacheBytes()).isEqualTo(51 * BLOCK);
        }
    }

    @Test
    void evictedBlocksGiveTheirDiskSpaceBack() throws Exception {
        assumeThat(Path.of("/usr/bin/stat")).as("stat(1) of coreutils").exists();
        try (BlockCache cache =
                        open(storage, new BlockCacheConfig(directory, 2 * MIB, BLOCK, MIB, 10), PrefetchConfig.OFF);
                CachedObject object = cache.open(storage.object("/a", 64L * MIB))) {
            for (int i = 0; i < 64; i++) {
                object.read((long) i * MIB, MIB).release();
            }
            assertThat(diskBytes()).isLessThanOrEqualTo(3L * MIB);
        }
    }

    private long diskBytes() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> command = new ArrayList<>(List.of("/usr/bin/stat", "-c", "%b %B"));
            files.map(Path::toString).forEach(command::add);
            Process stat = new ProcessBuilder(command).start();
            String output = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines()
                    .map(line -> line.split(" "))
                    .mapToLong(parts -> Long.parseLong(parts[0]) * Long.parseLong(parts[1]))
                    .sum();
        }
    }

    @Test
    void aDiskThatTakesNothingCostsOnlyTheCache() throws Exception {
        try (BlockCache cache = open(storage, BlockCacheConfig.in(directory.resolve("c")), PrefetchConfig.OFF);
                CachedObject object = cache.open(storage.object("/a", MIB))) {
            Path broken = directory.resolve("moved");
            Files.move(directory.resolve("c"), broken);
            readAndCheck(object, 0, BLOCK);
            readAndCheck(object, BLOCK, BLOCK);
            assertThat(cache.statistics().pastCacheBytes()).isEqualTo(2 * BLOCK);
            assertThat(storage.calls("read"))
                    .as("no fetch for a file that cannot be written")
                    .hasSize(3);
            Files.move(broken, directory.resolve("c"));
            ticker.advance(DiskState.RETRY_AFTER);
            readAndCheck(object, 0, BLOCK);
            assertThat(object.readIfPresent(0, BLOCK)).isPresent();
        }
    }

    @Test
    void moreObjectsThanFilesAreForgottenInOrderOfUse() throws Exception {
        try (BlockCache cache =
                open(storage, new BlockCacheConfig(directory, MIB, BLOCK, BLOCK, 3), PrefetchConfig.OFF)) {
            for (int i = 0; i < 20; i++) {
                try (CachedObject object = cache.open(storage.object("/o" + i, BLOCK))) {
                    object.read(0, BLOCK).release();
                }
            }
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".blocks")))
                        .hasSize(3);
            }
            assertThat(cache.statistics().cachedBytes()).isEqualTo(3 * BLOCK);
        }
    }

    @Test
    void aSecondCacheInTheSameDirectoryIsRefused() throws Exception {
        try (BlockCache _ = eightBlocks()) {
            assertThatThrownBy(this::eightBlocks)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another mount");
        }
        eightBlocks().close();
    }

    @Test
    void blockFilesWithoutAnIndexAreRemovedAndOtherFilesAreNot() throws Exception {
        Files.createFile(directory.resolve("1-old.blocks"));
        Files.createFile(directory.resolve("precious.txt"));
        try (BlockCache _ = eightBlocks();
                Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "precious.txt");
        }
    }

    @Test
    void randomReadsOfALargeObjectFetchHardlyMoreThanWasAsked() throws Exception {
        Random random = new Random(20261120);
        try (BlockCache cache = open(storage, BlockCacheConfig.in(directory), PrefetchConfig.DEFAULTS);
                CachedObject object = cache.open(storage.object("/big", 20_000_000_000L))) {
            for (int i = 0; i < 100; i++) {
                object.read(random.nextLong(20_000_000_000L - 262_144), 262_144).release();
            }
            BlockStatistics statistics = cache.statistics();
            double fetchedPerAsked =
                    (double) (statistics.demandBytes() + statistics.prefetchBytes()) / statistics.bytesAsked();
            assertThat(fetchedPerAsked).isLessThanOrEqualTo(1.3);
        }
    }

    @Test
    void aSequentialReaderIsFetchedAheadOfAndEachByteOnce() throws Exception {
        DataObject whole = storage.object("/a", 16L * MIB);
        try (BlockCache cache = open(storage, BlockCacheConfig.in(directory), PrefetchConfig.DEFAULTS);
                CachedObject object = cache.open(whole)) {
            for (int i = 0; i < 16; i++) {
                object.read((long) i * MIB, MIB).release();
            }
            BlockStatistics statistics = cache.statistics();
            assertThat(statistics.demandBytes() + statistics.prefetchBytes()).isEqualTo(16L * MIB);
            assertThat(statistics.prefetchBytes()).isGreaterThan(4L * MIB);
        }
    }

    @Test
    void prefetchIsBoundedInFlightAndDroppedAtClose() throws Exception {
        HeldStorage held = new HeldStorage(storage);
        PrefetchConfig bounded = new PrefetchConfig(
                512 << 10, 64L * MIB, 64L * MIB, 0, 8L * MIB, 8L * MIB, SlideConfig.OFF, SiblingConfig.OFF);
        try (BlockCache cache = open(held, BlockCacheConfig.in(directory), bounded)) {
            CachedObject object = cache.open(storage.object("/a", 200L * MIB));
            object.read(0, MIB).release();
            object.read(MIB, MIB).release();
            // From here on two pieces of four MiB may be on their way; the rest of the window waits.
            await().until(() -> cache.statistics().prefetchBytes() > 0);
            held.hold("read");
            object.readIfPresent(2L * MIB, MIB).ifPresent(BlockSlice::release);
            object.close();
            held.letGo();
            long fetched = settled(cache);
            assertThat(fetched).isLessThan(64L * MIB);
        }
    }

    /** Prefetched bytes when no more arrive. */
    private static long settled(BlockCache cache) {
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            long now = cache.statistics().prefetchBytes();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
        return last[0];
    }

    @Test
    void aStrideIsFetchedAheadOfExactly() throws Exception {
        long stride = 1_200_000;
        try (BlockCache cache = open(storage, BlockCacheConfig.in(directory), PrefetchConfig.DEFAULTS);
                CachedObject object = cache.open(storage.object("/big", 1L << 30))) {
            for (int i = 0; i < 5; i++) {
                object.read(i * stride, 16_384).release();
            }
            await().untilAsserted(() ->
                    assertThat(object.readIfPresent(8 * stride, 16_384)).isPresent());
            assertThat(storage.calls("read")).anyMatch(call -> call.endsWith("PREFETCH"));
        }
    }

    @Test
    void theReaderOfARestingObjectIsClosedInTime() throws Exception {
        try (BlockCache cache = eightBlocks()) {
            DataObject object = storage.object("/a", BLOCK);
            for (int i = 0; i < 2; i++) {
                try (CachedObject opened = cache.open(object)) {
                    opened.read(0, BLOCK).release();
                }
            }
            assertThat(storage.calls("close")).isEmpty();
            ticker.advance(Duration.ofSeconds(31));
            cache.open(storage.object("/b", BLOCK)).close();
            await().untilAsserted(() -> assertThat(storage.calls("close")).containsExactly("close /a"));
        }
    }

    @Test
    void bytesInUseOutliveTheCache() throws Exception {
        BlockCache cache = eightBlocks();
        CachedObject object = cache.open(storage.object("/a", 10 * BLOCK));
        BlockSlice kept = object.read(0, 2 * BLOCK);
        cache.close();
        check(kept, 0, 2 * BLOCK);
        kept.release();
        assertThatThrownBy(() -> object.read(0, BLOCK))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(StorageException.Reason.CLOSED));
        assertThat(storage.calls("close")).containsExactly("close /a");
    }
}
