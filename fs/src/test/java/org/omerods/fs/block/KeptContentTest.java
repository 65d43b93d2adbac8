package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;

/** What is kept on purpose: protected blocks, attachments, complete files. */
class KeptContentTest {
    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final List<DataObject> complete = new CopyOnWriteArrayList<>();

    private final ContentListener listener = new ContentListener() {
        @Override
        public void stale(DataObject object) {}

        @Override
        public void complete(CachedObject object) {
            complete.add(object.object());
        }
    };

    private BlockCache open(long maxBlocks) throws IOException {
        BlockCacheConfig config = new BlockCacheConfig(directory, maxBlocks * BLOCK, BLOCK, 4 * BLOCK, 100);
        return BlockCache.open(storage, config, PrefetchConfig.OFF, listener, new TestTicker());
    }

    @Test
    void protectedBlocksStayWhileOthersAreEvicted() throws Exception {
        try (BlockCache cache = open(16);
                CachedObject object = cache.open(storage.object("/a", 1000 * BLOCK))) {
            assertThat(object.protect(List.of(ByteRange.of(5 * BLOCK + 100, 10))))
                    .isTrue();
            object.read(4 * BLOCK, 4 * BLOCK).release();
            for (int block = 20; block < 900; block++) {
                object.read((long) block * BLOCK, BLOCK).release();
            }
            assertThat(object.readIfPresent(5 * BLOCK, BLOCK)).isPresent();
            assertThat(object.readIfPresent(6 * BLOCK, BLOCK))
                    .as("its neighbour")
                    .isEmpty();
            assertThat(cache.statistics().cachedBytes()).isLessThanOrEqualTo(16 * BLOCK);
            assertThat(cache.statistics().protectedBytes()).isEqualTo(BLOCK);
        }
    }

    @Test
    void protectionIsAShareOfTheBudgetAndTheEldestLosesIt() throws Exception {
        try (BlockCache cache = open(16);
                CachedObject first = cache.open(storage.object("/a", 1000 * BLOCK));
                CachedObject second = cache.open(storage.object("/b", 1000 * BLOCK))) {
            assertThat(first.protect(List.of(ByteRange.of(0, 5 * BLOCK)))).isFalse();
            assertThat(first.protect(List.of(ByteRange.of(0, 3 * BLOCK)))).isTrue();
            first.read(0, 3 * BLOCK).release();
            assertThat(second.protect(List.of(ByteRange.of(0, 2 * BLOCK)))).isTrue();
            second.read(0, 2 * BLOCK).release();
            for (int block = 20; block < 200; block++) {
                first.read((long) block * BLOCK, BLOCK).release();
            }
            assertThat(first.readIfPresent(0, BLOCK)).isEmpty();
            assertThat(second.readIfPresent(0, 2 * BLOCK)).isPresent();
        }
    }

    @Test
    void attachmentsAreKeptBesideTheBlocksAndGoWithTheirVersion() throws Exception {
        byte[] index = new byte[100_000];
        new Random(20261125).nextBytes(index);
        try (BlockCache cache = open(1000)) {
            DataObject object = storage.object("/a", BLOCK);
            try (CachedObject opened = cache.open(object)) {
                assertThat(opened.attachment("layout")).isEmpty();
                assertThat(opened.attach("layout", new byte[] {1})).isTrue();
                assertThat(opened.attach("layout", index)).isTrue();
                assertThat(opened.attachment("layout")).contains(index);
                assertThat(cache.statistics().cachedBytes()).isEqualTo(index.length);
            }
            cache.discard(object);
            assertThat(cache.statistics().cachedBytes()).isZero();
            try (CachedObject again = cache.open(object)) {
                assertThat(again.attachment("layout")).isEmpty();
            }
        }
    }

    @Test
    void aDamagedAttachmentIsNone() throws Exception {
        try (BlockCache cache = open(1000);
                CachedObject object = cache.open(storage.object("/a", BLOCK))) {
            object.attach("layout", new byte[100]);
            Path file;
            try (Stream<Path> files = Files.list(directory)) {
                file = files.filter(path -> path.toString().endsWith(AttachmentFiles.SUFFIX))
                        .findAny()
                        .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(file);
            bytes[50] ^= 1;
            Files.write(file, bytes);
            assertThat(object.attachment("layout")).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void anAttachmentHasABoundAndAPlainName() throws Exception {
        try (BlockCache cache = open(1000);
                CachedObject object = cache.open(storage.object("/a", BLOCK))) {
            assertThatThrownBy(() -> object.attach("../x", new byte[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> object.attach("x", new byte[AttachmentFiles.MAX_BYTES + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(object.attach("x", new byte[1001 * BLOCK])).as("no room").isFalse();
        }
    }

    @Test
    void aFileIsCompleteWithItsLastBlockAndStaysSoWhileItIsHeld() throws Exception {
        try (BlockCache cache = open(16);
                CachedObject object = cache.open(storage.object("/a", 6 * BLOCK - 5));
                CachedObject other = cache.open(storage.object("/b", 1000 * BLOCK))) {
            object.read(0, 3 * BLOCK).release();
            assertThat(object.complete()).isEmpty();
            assertThat(complete).isEmpty();
            object.read(3 * BLOCK, 3 * BLOCK - 5).release();
            await().untilAsserted(() -> assertThat(complete).containsExactly(object.object()));
            CompleteFile held = object.complete().orElseThrow();
            for (int block = 20; block < 200; block++) {
                other.read((long) block * BLOCK, BLOCK).release();
            }
            byte[] content = Files.readAllBytes(held.path());
            assertThat(content).hasSize(6 * BLOCK - 5);
            for (int i = 0; i < content.length; i++) {
                assertThat(content[i]).isEqualTo(GeneratedStorage.byteAt(1, i));
            }
            held.close();
            held.close();
            for (int block = 200; block < 400; block++) {
                other.read((long) block * BLOCK, BLOCK).release();
            }
            assertThat(object.complete()).isEmpty();
        }
    }
}
