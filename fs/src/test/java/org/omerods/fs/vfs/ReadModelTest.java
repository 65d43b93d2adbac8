package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.testing.DelayedStorage;
import org.omerods.storage.testing.FaultyStorage;
import org.omerods.storage.testing.ShortReadStorage;

/**
 * Random reads through caches of a few blocks, compared with the function that made the bytes: while versions change, calls
 * fail, answers are short or late, and several threads do the same. Whatever happens, a read gives the bytes of its handle's
 * version, or a failure that was to be expected; never a mixture.
 */
class ReadModelTest {
    private static final int OBJECTS = 3;
    private static final int THREADS = 4;
    private static final int READS = 400;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final FaultyStorage faulty = new FaultyStorage(storage);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void calmReadsAreRight(long seed) throws Exception {
        run(seed, new ShortReadStorage(storage, 3), PrefetchConfig.DEFAULTS, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void readsAreOfOneVersionOrFailWhileEverythingGoesWrong(long seed) throws Exception {
        Storage unruly = new ShortReadStorage(new DelayedStorage(faulty, Duration.ofNanos(50_000)), 5);
        run(seed, unruly, PrefetchConfig.DEFAULTS, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void readsAreRightWithoutAnyCacheRoom(long seed) throws Exception {
        FilesystemConfig tiny = Mounted.tiny(directory, PrefetchConfig.DEFAULTS);
        FilesystemConfig none = new FilesystemConfig(
                tiny.metadata(), tiny.blocks().withMaxBytes(0), tiny.prefetch(), tiny.presentation());
        run(seed, new ShortReadStorage(storage, 3), none, false);
    }

    private void run(long seed, Storage through, PrefetchConfig prefetch, boolean trouble) throws Exception {
        run(seed, through, Mounted.tiny(directory, prefetch), trouble);
    }

    private void run(long seed, Storage through, FilesystemConfig config, boolean trouble) throws Exception {
        Random sizes = new Random(seed);
        for (int i = 0; i < OBJECTS; i++) {
            storage.object("/o" + i, 20_000 + sizes.nextInt(100_000));
        }
        try (Mounted mounted = new Mounted(through, config);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed * 100 + i);
                readers.add(() -> new Reader(mounted, random, trouble).run());
            }
            int failures = 0;
            for (Future<Integer> reader : threads.invokeAll(readers, 60, TimeUnit.SECONDS)) {
                failures += reader.get();
            }
            long cached = mounted.filesystem.statistics().blocks().cachedBytes();
            assertThat(cached)
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(config.blocks().maxBytes());
            if (!trouble) {
                assertThat(failures).as("seed %d", seed).isZero();
            }
        }
    }

    private final class Reader {
        private final Mounted mounted;
        private final Random random;
        private final boolean trouble;
        private int failures;

        Reader(Mounted mounted, Random random, boolean trouble) {
            this.mounted = mounted;
            this.random = random;
            this.trouble = trouble;
        }

        int run() throws Exception {
            for (int done = 0; done < READS; ) {
                String name = "o" + random.nextInt(OBJECTS);
                try {
                    OpenedFile file = mounted.client.open(name);
                    // Which version it is only the bytes tell: all reads of the handle must agree on one.
                    done += readSome(file, name);
                    mounted.client.release(file);
                } catch (Failed e) {
                    expected(e);
                    done++;
                }
                makeTrouble(name);
            }
            return failures;
        }

        private int readSome(OpenedFile file, String name) throws Exception {
            int seen = 0;
            int reads = 1 + random.nextInt(20);
            long cursor = random.nextInt(120_000);
            for (int i = 0; i < reads; i++) {
                int length = 1 + random.nextInt(20_000);
                try {
                    byte[] bytes = mounted.client.read(file, cursor, length);
                    seen = check(bytes, cursor, seen, name);
                } catch (Failed e) {
                    expected(e);
                }
                cursor = random.nextInt(3) > 0 ? cursor + length : random.nextInt(120_000);
            }
            return reads;
        }

        /** Returns the version that the bytes are of, {@code seen} when that was known. */
        private int check(byte[] bytes, long offset, int seen, String name) throws Exception {
            if (bytes.length < 8) {
                return seen; // too short to tell versions apart
            }
            int newest = storage.seedOf((DataObject) storage.stat(new StoragePath("/" + name)));
            for (int version = Math.max(1, seen); version <= (seen == 0 ? newest : seen); version++) {
                if (Arrays.equals(bytes, ReadingTest.expected(version, offset, bytes.length))) {
                    return version;
                }
            }
            return fail("bytes at %d of %s are of no version, or not of version %d", offset, name, seen);
        }

        private void expected(Failed failed) {
            failures++;
            if (!trouble || !List.of(Errno.ESTALE, Errno.EIO).contains(failed.errno)) {
                fail("unexpected " + failed.errno);
            }
        }

        private void makeTrouble(String name) {
            if (!trouble) {
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> storage.object("/" + name, 20_000 + random.nextInt(100_000));
                case 1 -> faulty.failNext("read", 1 + random.nextInt(2), Reason.UNAVAILABLE);
                case 2 -> faulty.failNext("verify", 1, Reason.TIMEOUT);
                case 3 -> faulty.failNext("stat", 1, Reason.UNAVAILABLE);
                case 4 -> mounted.ticker.advance(Duration.ofSeconds(10));
                case 5 -> mounted.filesystem.invalidate(new StoragePath("/" + name));
                default -> faulty.heal();
            }
        }
    }
}
