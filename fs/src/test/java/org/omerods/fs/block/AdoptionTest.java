package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StorageException;

/** Files that this mount wrote, as block files. */
class AdoptionTest {
    private static final int BLOCK = 4096;
    private static final int EXTENT = 16 * BLOCK;
    private static final int LARGE = 5 * EXTENT + 100;

    private static final long SEED = 20261129;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final List<String> completed = new CopyOnWriteArrayList<>();
    private Path cacheDirectory;
    private Path local;

    @BeforeEach
    void makeNames() {
        cacheDirectory = directory.resolve("cache");
        local = directory.resolve("written");
    }

    private BlockCache open(long maxBlocks) throws IOException {
        BlockCacheConfig config = new BlockCacheConfig(cacheDirectory, maxBlocks * BLOCK, BLOCK, EXTENT, 100);
        ContentListener listener = new ContentListener() {
            @Override
            public void stale(DataObject object) {
                throw new AssertionError(object.path() + " is stale");
            }

            @Override
            public void complete(CachedObject object) {
                completed.add(object.path());
            }
        };
        return BlockCache.open(storage, config, PrefetchConfig.OFF, listener, new TestTicker());
    }

    private DataObject written(int length) throws IOException {
        DataObject object = storage.object("/a", length);
        Files.write(local, GeneratedStorage.bytes(storage.seedOf(object), 0, length));
        return object;
    }

    private void readAndCheck(CachedObject object, long offset, int length) throws StorageException {
        BlockSlice slice = object.read(offset, length);
        assertThat(slice.bytes().toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(GeneratedStorage.bytes(storage.seedOf(object.object()), offset, length));
        slice.release();
    }

    private List<Path> cacheFiles() throws IOException {
        try (Stream<Path> files = Files.list(cacheDirectory)) {
            return files.filter(file -> file.toString().endsWith(BlockFile.SUFFIX))
                    .toList();
        }
    }

    @Test
    void nothingIsFetchedOfAnAdoptedFile() throws Exception {
        DataObject object = written(LARGE);
        try (BlockCache cache = open(1000)) {
            assertThat(cache.adopt(object, local)).isTrue();
            assertThat(local).doesNotExist();
            try (CachedObject opened = cache.open(object)) {
                readAndCheck(opened, 3 * EXTENT - 10, 2 * EXTENT);
                readAndCheck(opened, 0, LARGE);
            }
            await().until(() -> completed.contains("/a"));
            assertThat(cache.statistics().cachedBytes()).isEqualTo(LARGE);
        }
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void aLaterProcessFindsAnAdoptedFile() throws Exception {
        DataObject object = written(LARGE);
        try (BlockCache cache = open(1000)) {
            assertThat(cache.adopt(object, local)).isTrue();
            await().until(() -> completed.contains("/a"));
        }
        try (BlockCache cache = open(1000);
                CachedObject opened = cache.open(object)) {
            readAndCheck(opened, 0, LARGE);
        }
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void whatIsLargerThanItsPartOfTheBudgetStaysWhereItIs() throws Exception {
        DataObject object = written(LARGE);
        try (BlockCache cache = open(4 * 81)) {
            assertThat(cache.adopt(object, local)).isTrue();
        }
        DataObject other = written(LARGE);
        try (BlockCache cache = open(4 * 80)) {
            assertThat(cache.adopt(other, local)).isFalse();
            assertThat(local).exists();
        }
    }

    @Test
    void aVersionThatSomebodyReadsAlreadyIsNotAdopted() throws Exception {
        DataObject object = written(LARGE);
        try (BlockCache cache = open(1000);
                CachedObject opened = cache.open(object)) {
            readAndCheck(opened, 0, BLOCK);
            assertThat(cache.adopt(object, local)).isTrue();
            assertThat(cacheFiles()).hasSize(1);
            readAndCheck(opened, 0, LARGE);
        }
        assertThat(local).doesNotExist();
    }

    /** Whoever comes at the very moment has the adopted file or one of his own, never one that is being given up. */
    @Test
    void whoOpensWhileAFileIsAdoptedReadsItsBytes() throws Exception {
        try (BlockCache cache = open(100_000);
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Random chance = new Random(SEED);
            for (int i = 0; i < 500; i++) {
                DataObject object = written(3 * BLOCK);
                CyclicBarrier together = new CyclicBarrier(2);
                int rounds = chance.nextInt(60_000);
                Future<?> reading = reader.submit(() -> {
                    together.await();
                    for (int k = 0; k < rounds; k++) {
                        Thread.onSpinWait();
                    }
                    try (CachedObject opened = cache.open(object)) {
                        readAndCheck(opened, 0, 3 * BLOCK);
                        readAndCheck(opened, BLOCK, BLOCK);
                    }
                    return object;
                });
                together.await();
                cache.adopt(object, local);
                var _ = reading.get();
                Files.deleteIfExists(local);
            }
        }
    }

    @Test
    void anotherTimeOfTheSameBytesKeepsThem() throws Exception {
        DataObject object = withChecksum(written(LARGE), Instant.ofEpochSecond(1), "sha2:the same");
        DataObject later = withChecksum(object, object.modified().plusSeconds(5), "sha2:the same");
        DataObject changed = withChecksum(object, object.modified().plusSeconds(9), "sha2:another");
        try (BlockCache cache = open(1000)) {
            assertThat(cache.adopt(object, local)).isTrue();
            await().until(() -> completed.contains("/a"));
            cache.touched(object, later);
            await().until(() -> completed.size() > 1);
            try (CachedObject opened = cache.open(later)) {
                readAndCheck(opened, 0, LARGE);
                cache.touched(later, object); // is read: it stays what it is
                readAndCheck(opened, 0, LARGE);
            }
            assertThat(storage.calls()).isEmpty();
            assertThat(cacheFiles()).hasSize(1);
            cache.touched(later, changed);
            assertThat(cache.statistics().cachedBytes()).isEqualTo(LARGE);
        }
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void whatIsTooLargeForAnotherVersionStaysWhatItIs() throws Exception {
        DataObject object = withChecksum(written(LARGE), Instant.ofEpochSecond(1), "not computable");
        DataObject later = withChecksum(object, object.modified().plusSeconds(5), "not computable");
        try (BlockCache cache = open(4 * 81)) {
            assertThat(cache.adopt(object, local)).isTrue();
            await().until(() -> completed.contains("/a"));
        }
        try (BlockCache cache = open(2 * 81)) {
            try (CachedObject opened = cache.open(object)) {
                readAndCheck(opened, 0, LARGE);
            }
            cache.touched(object, later);
            assertThat(cacheFiles()).hasSize(1);
            assertThat(cache.statistics().cachedBytes()).isEqualTo(LARGE);
        }
    }

    private static DataObject withChecksum(DataObject from, Instant modified, String checksum) {
        ObjectVersion version = new ObjectVersion(from.id(), from.version().replica(), from.size(), modified, checksum);
        return new DataObject(
                from.path(), version, from.state(), from.resource(), from.replicaCount(), from.owner(), from.created());
    }

    @Test
    void aFileOfAnotherLengthIsNotAdopted() throws Exception {
        DataObject object = written(LARGE);
        Files.write(local, new byte[LARGE - 1]);
        try (BlockCache cache = open(1000)) {
            assertThat(cache.adopt(object, local)).isFalse();
            assertThat(cacheFiles()).isEmpty();
        }
        assertThat(local).exists();
    }

    @Test
    void adoptionKeepsTheBudget() throws Exception {
        try (BlockCache cache = open(4 * 81)) {
            for (int i = 0; i < 10; i++) {
                DataObject object = storage.object("/" + i, LARGE);
                Files.write(local, GeneratedStorage.bytes(storage.seedOf(object), 0, LARGE));
                assertThat(cache.adopt(object, local)).isTrue();
                try (CachedObject opened = cache.open(object)) {
                    readAndCheck(opened, 0, LARGE);
                }
                assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo(4 * 81 * BLOCK);
            }
        }
    }
}
