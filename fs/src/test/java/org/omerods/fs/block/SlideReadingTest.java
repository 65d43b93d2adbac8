package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SiblingConfig;
import org.omerods.fs.plan.SlideConfig;
import org.omerods.fs.plan.layout.MadeSlides;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.slides.SlideFormat;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.local.LocalStorage;
import org.omerods.storage.testing.ForwardingReader;

/** Slides are recognised and their layouts learnt while they are read, kept, and used again. */
class SlideReadingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Storage storage;
    private SlideLayout layout;

    @BeforeEach
    void slide() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.write(tree.resolve("slide"), MadeSlides.content(SlideFormat.NDPI));
        Files.write(tree.resolve("other"), new byte[2 << 20]);
        storage = new LocalStorage(tree);
        layout = MadeSlides.layout(SlideFormat.NDPI);
    }

    private BlockCache open(PrefetchConfig prefetch) throws IOException {
        ContentListener nobody = new ContentListener() {
            @Override
            public void stale(DataObject object) {}

            @Override
            public void complete(CachedObject object) {}
        };
        return BlockCache.open(
                storage, BlockCacheConfig.in(directory.resolve("cache")), prefetch, nobody, new TestTicker());
    }

    private CachedObject open(BlockCache cache, String name) throws StorageException {
        return cache.open((DataObject) storage.stat(StoragePath.of("/" + name)));
    }

    /** As a program does: the header, then the first directory. */
    private void look(CachedObject object) throws StorageException {
        object.read(0, 4096).release();
        object.read(layout.index().getLast().start(), 4096).release();
        layout.index().forEach(range -> {
            try {
                object.read(range.start(), (int) range.length()).release();
            } catch (StorageException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aSlideThatSomebodyLooksAtIsUnderstoodAndItsIndexProtected() throws Exception {
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject object = open(cache, "slide")) {
            look(object);
            await().atMost(DEADLINE).until(() -> cache.prefetchStatistics().layouts() == 1);
            await().atMost(DEADLINE).until(() -> cache.statistics().protectedBytes() > 0);
            assertThat(cache.prefetchStatistics().layoutsParsed()).isEqualTo(1);
            object.read(layout.levels().getFirst().segment(0).start(), 16 << 10).release();
            await().atMost(DEADLINE).until(() -> cache.statistics().prefetchBytes() > 0);
        }
    }

    @Test
    void aSlideIsUnderstoodWhenItsTilesAreReadWithoutItsDirectory() throws Exception {
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject object = open(cache, "slide")) {
            object.read(0, 4096).release();
            for (int segment = 0; segment < 16; segment++) {
                ByteRange range = layout.levels().getFirst().segment(segment * 5 + 3);
                object.read(range.start(), 1024).release();
            }
            await().atMost(DEADLINE).until(() -> cache.prefetchStatistics().layouts() == 1);
        }
    }

    /** A tile is 64 segments: one question to the catalog for each would keep it busy for longer than the tile takes. */
    @Test
    void smallPiecesOfOnePlanAreReadTogether() throws Exception {
        AtomicInteger together = new AtomicInteger();
        AtomicInteger mostParts = new AtomicInteger();
        storage = new ForwardingStorage(storage) {
            @Override
            public ObjectReader open(DataObject object) throws StorageException {
                return new ForwardingReader(delegate.open(object)) {
                    @Override
                    public boolean readAndVerify(List<Part> parts, ObjectReader.Priority priority)
                            throws StorageException {
                        together.incrementAndGet();
                        mostParts.accumulateAndGet(parts.size(), Math::max);
                        return super.readAndVerify(parts, priority);
                    }
                };
            }
        };
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject object = open(cache, "slide")) {
            look(object);
            await().atMost(DEADLINE).until(() -> cache.prefetchStatistics().layouts() == 1);
            SlideLevel level = layout.levels().getFirst();
            int columns = level.grid().columns();
            byte[] content = MadeSlides.content(SlideFormat.NDPI);
            for (int row = 0; row < Math.min(64, level.grid().rows()); row++) {
                ByteRange range = level.segment(row * columns + columns / 2);
                BlockSlice slice = object.read(range.start(), (int) range.length());
                byte[] read = slice.bytes().toArray(ValueLayout.JAVA_BYTE);
                slice.release();
                assertThat(read).isEqualTo(Arrays.copyOfRange(content, (int) range.start(), (int) range.end()));
            }
            await().atMost(DEADLINE).until(() -> together.get() > 0);
            assertThat(mostParts.get()).isBetween(2, 32);
        }
    }

    @Test
    void afterARestartTheLayoutIsKnownWithoutARequest() throws Exception {
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject object = open(cache, "slide")) {
            look(object);
            await().atMost(DEADLINE).until(() -> cache.statistics().protectedBytes() > 0);
        }
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject object = open(cache, "slide")) {
            object.read(0, 4096).release();
            await().atMost(DEADLINE).until(() -> cache.prefetchStatistics().layoutsRestored() == 1);
            assertThat(cache.prefetchStatistics().layoutIndexBytes()).isZero();
            assertThat(cache.statistics().storageReads()).isZero();
        }
    }

    @Test
    void whoLooksAtTheFirstBytesAloneCostsNothing() throws Exception {
        try (BlockCache cache = open(PrefetchConfig.DEFAULTS);
                CachedObject slide = open(cache, "slide");
                CachedObject other = open(cache, "other")) {
            slide.read(0, 4096).release();
            other.read(0, 4096).release();
            other.read(1 << 20, 4096).release();
            slide.read(0, 4096).release();
            await().during(Duration.ofMillis(300))
                    .atMost(DEADLINE)
                    .until(() -> cache.statistics().prefetchBytes() == 0);
            assertThat(cache.statistics().storageReads()).isEqualTo(3);
        }
    }

    @Test
    void layoutsCanBeSwitchedOff() throws Exception {
        PrefetchConfig defaults = PrefetchConfig.DEFAULTS;
        PrefetchConfig withoutSlides = new PrefetchConfig(
                defaults.sequentialAfterBytes(),
                defaults.initialWindowBytes(),
                defaults.maxWindowBytes(),
                defaults.maxStrides(),
                defaults.maxBytesInFlight(),
                defaults.maxBytesInFlightPerObject(),
                SlideConfig.OFF,
                SiblingConfig.OFF);
        try (BlockCache cache = open(withoutSlides);
                CachedObject object = open(cache, "slide")) {
            look(object);
            assertThat(cache.prefetchStatistics().layouts()).isZero();
            assertThat(cache.statistics().protectedBytes()).isZero();
        }
    }
}
