package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** Whole objects are compared with the checksum of the catalog. */
class IntegrityTest {
    private static final int MIB = 1 << 20;
    private static final int SIZE = 5 * MIB + 17;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final TestTicker ticker = new TestTicker();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private final ContentListener listener = new ContentListener() {
        @Override
        public void stale(DataObject object) {
            told.add("stale");
        }

        @Override
        public void wrong(DataObject object) {
            told.add("wrong " + object.path());
        }

        @Override
        public void complete(CachedObject object) {
            told.add("complete " + object.object().path());
        }
    };

    private BlockCache open(BlockCacheConfig config) throws IOException {
        return BlockCache.open(storage, config, PrefetchConfig.OFF, listener, ticker);
    }

    private DataObject object(String path, byte[] summed) throws Exception {
        DataObject plain = storage.object(path, SIZE);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(summed);
        ObjectVersion version = plain.version();
        DataObject withChecksum = new DataObject(
                plain.path(),
                new ObjectVersion(
                        version.id(),
                        version.replica(),
                        version.size(),
                        version.modified(),
                        "sha2:" + Base64.getEncoder().encodeToString(digest)),
                plain.state(),
                plain.resource(),
                1,
                "alice",
                plain.created());
        storage.put(withChecksum);
        return withChecksum;
    }

    private DataObject right(String path) throws Exception {
        return object(path, GeneratedStorage.bytes(1, 0, SIZE));
    }

    private DataObject wrong(String path) throws Exception {
        return object(path, new byte[] {1});
    }

    private static void readAll(CachedObject object) throws StorageException {
        for (int offset = 0; offset < SIZE; offset += MIB) {
            int length = Math.min(MIB, SIZE - offset);
            var present = object.readIfPresent(offset, length);
            (present.isPresent() ? present.get() : object.read(offset, length)).release();
        }
    }

    @Test
    void aWholeObjectWithItsChecksumIsReadAndHandedOut() throws Exception {
        try (BlockCache cache = open(BlockCacheConfig.in(directory));
                CachedObject object = cache.open(right("/a"))) {
            readAll(object);
            assertThat(cache.statistics().checkedObjects()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(told).contains("complete /a"));
            try (CompleteFile file = object.complete().orElseThrow()) {
                assertThat(file.size()).isEqualTo(SIZE);
            }
            readAll(object);
            assertThat(cache.statistics().checkedObjects()).isEqualTo(1);
        }
    }

    @Test
    void whatOneUserComparedIsNotComparedAgainForTheNext() throws Exception {
        DataObject shared = right("/a");
        try (BlockStore store = BlockStore.open(BlockCacheConfig.in(directory), PrefetchConfig.OFF, ticker);
                BlockCache first = store.cacheOfUser(storage, listener);
                BlockCache second = store.cacheOfUser(storage, listener)) {
            CachedObject ofFirst = first.open(shared);
            readAll(ofFirst);
            assertThat(store.statistics().checkedObjects()).isEqualTo(1);
            CachedObject ofSecond = second.open(shared);
            readAll(ofSecond);
            ofSecond.complete().orElseThrow().close();
            assertThat(store.statistics().checkedObjects()).isEqualTo(1);
        }
    }

    @Test
    void theLastReadOfAWholeObjectWithAnotherChecksumFailsWithCorrupt() throws Exception {
        DataObject wrong = wrong("/a");
        try (BlockCache cache = open(BlockCacheConfig.in(directory))) {
            CachedObject object = cache.open(wrong);
            for (int offset = 0; offset < 5 * MIB; offset += MIB) {
                object.read(offset, MIB).release();
            }
            assertThatThrownBy(() -> object.read(5 * MIB, 17))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT))
                    .hasMessageContaining("/a")
                    .hasMessageContaining(wrong.version().checksum());
            object.close();
            assertThat(told).containsExactly("wrong /a");
            assertThat(cache.statistics().cachedBytes())
                    .as("its blocks are dropped")
                    .isZero();
            assertThat(cache.statistics().wrongObjects()).isEqualTo(1);
        }
    }

    @Test
    void aWrongVersionIsNotServedSilentlyAfterwards() throws Exception {
        DataObject wrong = wrong("/a");
        try (BlockCache cache = open(BlockCacheConfig.in(directory))) {
            try (CachedObject object = cache.open(wrong)) {
                assertThatThrownBy(() -> readAll(object)).isInstanceOf(StorageException.class);
                assertThatThrownBy(() -> object.read(0, 1)).isInstanceOf(StorageException.class);
            }
            try (CachedObject again = cache.open(wrong)) {
                assertThat(again.readIfPresent(0, 1)).isEmpty();
                assertThatThrownBy(() -> again.read(0, 1))
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
            }
            ticker.advance(ContentChecks.DISTRUST.plus(Duration.ofSeconds(1)));
            try (CachedObject later = cache.open(wrong)) {
                later.read(0, 1).release();
            }
        }
    }

    @Test
    void aFileThatBecomesCompleteInAnyOrderIsComparedBeforeItIsHandedOut() throws Exception {
        try (BlockCache cache = open(BlockCacheConfig.in(directory));
                CachedObject right = cache.open(right("/a"));
                CachedObject wrong = cache.open(wrong("/b"))) {
            for (CachedObject object : List.of(right, wrong)) {
                object.read(3 * MIB, SIZE - 3 * MIB).release();
                object.read(0, 3 * MIB).release();
            }
            await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("complete /a", "wrong /b"));
            assertThat(right.complete()).isPresent();
            assertThat(wrong.complete()).isEmpty();
        }
    }

    @Test
    void withoutChecksACompleteFileIsHandedOutAtOnce() throws Exception {
        try (BlockCache cache = open(BlockCacheConfig.in(directory).withVerifyComplete(false));
                CachedObject object = cache.open(wrong("/a"))) {
            readAll(object);
            assertThat(object.complete()).isPresent();
            assertThat(cache.statistics().checkedObjects()).isZero();
        }
    }
}
