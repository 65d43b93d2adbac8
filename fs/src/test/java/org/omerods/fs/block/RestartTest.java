package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;

/** What the next cache in a directory finds. */
class RestartTest {
    private static final int BLOCK = 4096;
    private static final int EXTENT = 16 * BLOCK;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    private BlockCache open(long maxBlocks, String origin) throws IOException {
        BlockCacheConfig config =
                new BlockCacheConfig(directory, maxBlocks * BLOCK, BLOCK, EXTENT, 100).withOrigin(origin);
        return BlockCache.open(storage, config, PrefetchConfig.OFF, _ -> {}, new TestTicker());
    }

    private BlockCache open() throws IOException {
        return open(1000, "alice");
    }

    private void readAndCheck(CachedObject object, long offset, int length) throws StorageException {
        BlockSlice slice = object.read(offset, length);
        byte[] bytes = slice.bytes().toArray(ValueLayout.JAVA_BYTE);
        assertThat(bytes).isEqualTo(GeneratedStorage.bytes(storage.seedOf(object.object()), offset, length));
        slice.release();
    }

    private void fill(DataObject object, long offset, int length) throws Exception {
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            readAndCheck(opened, offset, length);
        }
        storage.forgetCalls();
    }

    private Path file(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(suffix))
                    .findAny()
                    .orElseThrow();
        }
    }

    @Test
    void blocksAreFoundAgainWithoutARequest() throws Exception {
        DataObject object = storage.object("/a", 20_000_000_000L);
        fill(object, 17_000_000_000L, 40 * BLOCK);
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            long bytes = cache.statistics().cachedBytes();
            assertThat(bytes).isEqualTo(41 * BLOCK);
            assertThat(opened.readIfPresent(17_000_000_000L, BLOCK))
                    .as("not compared with the index yet")
                    .isEmpty();
            readAndCheck(opened, 17_000_000_000L, 40 * BLOCK);
            assertThat(opened.readIfPresent(17_000_000_000L, 40 * BLOCK)).isPresent();
            assertThat(cache.statistics().cachedBytes()).isEqualTo(bytes);
            assertThat(cache.statistics().badBlocks()).isZero();
        }
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void aFlippedBitIsAMissOfItsBlockAndOfNoOther() throws Exception {
        Random random = new Random(20261125);
        DataObject object = storage.object("/a", 100 * BLOCK - 7);
        fill(object, 0, 100 * BLOCK - 7);
        for (int round = 0; round < 20; round++) {
            long at = random.nextLong(object.size());
            try (RandomAccessFile blocks = new RandomAccessFile(file(".blocks").toFile(), "rw")) {
                blocks.seek(at);
                int before = blocks.read();
                blocks.seek(at);
                blocks.write(before ^ 1 << random.nextInt(8));
            }
            try (BlockCache cache = open();
                    CachedObject opened = cache.open(object)) {
                readAndCheck(opened, 0, 100 * BLOCK - 7);
                assertThat(cache.statistics().badBlocks()).isEqualTo(1);
                assertThat(cache.statistics().demandBytes()).isLessThanOrEqualTo(BLOCK);
                assertThat(cache.statistics().cachedBytes()).isEqualTo(object.size());
            }
        }
    }

    @Test
    void aWholeFileIsComparedInTheBackgroundWhenItIsOpened() throws Exception {
        DataObject object = storage.object("/a", 100 * BLOCK - 3);
        fill(object, 0, 100 * BLOCK - 3);
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            await().untilAsserted(() -> assertThat(opened.complete()).isPresent());
            assertThat(opened.readIfPresent(0, 100 * BLOCK - 3)).isPresent();
        }
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void aCutBlockFileIsAMissOfWhatWasCut() throws Exception {
        DataObject object = storage.object("/a", 100 * BLOCK);
        fill(object, 0, 100 * BLOCK);
        try (var channel = Files.newByteChannel(file(".blocks"), StandardOpenOption.WRITE)) {
            channel.truncate(60 * BLOCK + 1);
        }
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            readAndCheck(opened, 0, 100 * BLOCK);
            assertThat(cache.statistics().badBlocks()).isEqualTo(40);
        }
    }

    @Test
    void aCutOrDamagedIndexCostsOnlyFetches() throws Exception {
        Random random = new Random(7);
        DataObject object = storage.object("/a", 100 * BLOCK);
        for (int round = 0; round < 20; round++) {
            fill(object, 0, 100 * BLOCK);
            Path index = file(".index");
            byte[] bytes = Files.readAllBytes(index);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(index, round % 2 == 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            try (BlockCache cache = open();
                    CachedObject opened = cache.open(object)) {
                readAndCheck(opened, 0, 100 * BLOCK);
                assertThat(cache.statistics().cachedBytes()).isEqualTo(100 * BLOCK);
            }
        }
    }

    @Test
    void anIndexOfAnotherFormatIsNotUsed() throws Exception {
        DataObject object = storage.object("/a", BLOCK);
        fill(object, 0, BLOCK);
        try (RandomAccessFile index = new RandomAccessFile(file(".index").toFile(), "rw")) {
            index.seek(4);
            index.writeInt(2);
        }
        try (BlockCache cache = open()) {
            assertThat(cache.statistics().cachedBytes()).isZero();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.map(path -> path.getFileName().toString())).containsExactly("lock");
            }
        }
    }

    @Test
    void whatAnotherUserWasGivenIsRemoved() throws Exception {
        fill(storage.object("/a", BLOCK), 0, BLOCK);
        try (BlockCache cache = open(1000, "bob")) {
            assertThat(cache.statistics().cachedBytes()).isZero();
        }
        try (BlockCache cache = open()) {
            assertThat(cache.statistics().cachedBytes()).isZero();
        }
    }

    @Test
    void aReplacedVersionIsRemovedWhenTheNewOneIsOpened() throws Exception {
        DataObject old = storage.object("/a", 3 * BLOCK);
        fill(old, 0, 3 * BLOCK);
        DataObject replaced = storage.object("/a", 2 * BLOCK);
        try (BlockCache cache = open();
                CachedObject opened = cache.open(replaced)) {
            assertThat(cache.statistics().cachedBytes()).isZero();
            readAndCheck(opened, 0, 2 * BLOCK);
        }
    }

    @Test
    void aSmallerBudgetHoldsFromTheStart() throws Exception {
        fill(storage.object("/a", 100 * BLOCK), 0, 100 * BLOCK);
        try (BlockCache cache = open(40, "alice")) {
            assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo(40 * BLOCK);
        }
        try (BlockCache cache = open()) {
            assertThat(cache.statistics().cachedBytes())
                    .as("what was evicted is not found again")
                    .isBetween(1L, 40L * BLOCK);
        }
    }

    @RepeatedTest(20)
    void attachmentsAreFoundAgainAndCounted() throws Exception {
        DataObject object = storage.object("/a", BLOCK);
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            opened.read(0, BLOCK).release();
            opened.attach("layout", new byte[5000]);
        }
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            assertThat(cache.statistics().cachedBytes()).isGreaterThan(BLOCK + 4999);
            assertThat(opened.attachment("layout")).contains(new byte[5000]);
            cache.discard(object);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void evictedBlocksAreNotFoundAgain() throws Exception {
        DataObject object = storage.object("/a", 1000 * BLOCK);
        try (BlockCache cache = open(32, "alice");
                CachedObject opened = cache.open(object)) {
            opened.protect(List.of(ByteRange.of(0, BLOCK)));
            for (int block = 0; block < 1000; block++) {
                opened.read((long) block * BLOCK, BLOCK).release();
            }
        }
        try (BlockCache cache = open();
                CachedObject opened = cache.open(object)) {
            assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo(32 * BLOCK);
            storage.forgetCalls();
            readAndCheck(opened, 0, BLOCK);
            assertThat(storage.calls()).as("it was protected").isEmpty();
            readAndCheck(opened, 0, 1000 * BLOCK);
            assertThat(cache.statistics().badBlocks()).isZero();
        }
    }
}
