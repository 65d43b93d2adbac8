package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;

/** Which descriptors are given back, when, and on how many threads. */
class RestingTest {
    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final TestTicker ticker = new TestTicker();
    private final List<Runnable> closings = new ArrayList<>();
    private final Resting resting = new Resting(closings::add, ticker);

    private static List<CachedObject> opened(BlockCache cache, GeneratedStorage storage, int count) throws Exception {
        List<CachedObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CachedObject object = cache.open(storage.object("/" + i, 10));
            object.read(0, 10).release();
            objects.add(object);
        }
        return objects;
    }

    private BlockCache cache() throws Exception {
        return BlockCache.open(storage, BlockCacheConfig.in(directory), PrefetchConfig.OFF, _ -> {}, ticker);
    }

    private List<String> closed() {
        closings.forEach(Runnable::run);
        closings.clear();
        return storage.calls("close");
    }

    @Test
    void whoeverOpensAndClosesOverAndOverStartsNothing() throws Exception {
        try (BlockCache cache = cache()) {
            CachedObject object = opened(cache, storage, 1).getFirst();
            for (int i = 0; i < 10_000; i++) {
                resting.begin(object);
                resting.end(object);
                ticker.advance(Duration.ofMillis(10));
            }
            assertThat(closings).isEmpty();
        }
    }

    @Test
    void theEldestOfTooManyIsGivenBack() throws Exception {
        try (BlockCache cache = cache()) {
            List<CachedObject> objects = opened(cache, storage, Resting.MAX_OBJECTS + 2);
            objects.forEach(resting::begin);
            assertThat(closed()).containsExactly("close /0", "close /1");
        }
    }

    @Test
    void onlyWhatRestedLongEnoughIsGivenBack() throws Exception {
        try (BlockCache cache = cache()) {
            List<CachedObject> objects = opened(cache, storage, 4);
            resting.begin(objects.get(0));
            resting.begin(objects.get(1));
            resting.end(objects.get(1));
            ticker.advance(Resting.LONGEST.dividedBy(2));
            resting.begin(objects.get(2));
            ticker.advance(Resting.LONGEST.dividedBy(2));
            resting.begin(objects.get(3));
            assertThat(closed()).containsExactly("close /0");
        }
    }
}
