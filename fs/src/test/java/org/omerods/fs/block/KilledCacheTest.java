package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;

/** A process that fetches and evicts is killed with SIGKILL, again and again, and its block files are looked through. */
class KilledCacheTest {
    private static final int BLOCK = 4096;
    private static final int EXTENT = 64 << 10;
    private static final long SIZE = 16L << 20;
    private static final long BUDGET = 4L << 20;
    private static final int ROUNDS = 4;

    @TempDir
    Path directory;

    private static BlockCache open(Path directory, GeneratedStorage storage) throws IOException {
        BlockCacheConfig config = new BlockCacheConfig(directory, BUDGET, BLOCK, EXTENT, 10);
        return BlockCache.open(storage, config, PrefetchConfig.DEFAULTS, _ -> {}, new TestTicker());
    }

    /** In the child: reads at random until it is killed. */
    public static void main(String[] arguments) throws Exception {
        GeneratedStorage storage = new GeneratedStorage();
        DataObject object = storage.object("/a", SIZE);
        Random random = new Random(Long.parseLong(arguments[1]));
        BlockCache cache = open(Path.of(arguments[0]), storage);
        CachedObject opened = cache.open(object);
        for (int i = 0; ; i++) {
            int length = 1 + random.nextInt(2 * EXTENT);
            opened.read(random.nextLong(SIZE - length), length).release();
            if (i == 50) {
                System.out.println("reading");
            }
        }
    }

    @Test
    void whatAKilledProcessLeftIsRightByteForByte() throws Exception {
        GeneratedStorage storage = new GeneratedStorage();
        DataObject object = storage.object("/a", SIZE);
        long seed = System.nanoTime();
        System.out.println("KilledCacheTest seed " + seed);
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            killWhileReading(seed + round);
            try (BlockCache cache = open(directory, storage);
                    CachedObject opened = cache.open(object)) {
                assertThat(cache.statistics().cachedBytes()).isBetween(1L, BUDGET);
                found += checkAll(opened);
                assertThat(cache.statistics().badBlocks())
                        .as("a killed process, unlike a power cut, tears nothing")
                        .isZero();
            }
        }
        assertThat(found).isGreaterThan(0);
    }

    private void killWhileReading(long seed) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCacheTest.class.getName(),
                        directory.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.equals("reading")) {
                line = out.readLine();
            }
            assertThat(line).isEqualTo("reading");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Returns how many bytes were here. */
    private static long checkAll(CachedObject opened) throws Exception {
        long here = 0;
        for (long offset = 0; offset < SIZE; offset += EXTENT) {
            opened.file().verifyRestored(ByteRange.of(offset, EXTENT));
            for (long block = offset; block < offset + EXTENT; block += BLOCK) {
                var slice = opened.readIfPresent(block, BLOCK);
                if (slice.isPresent()) {
                    assertThat(slice.get().bytes().toArray(ValueLayout.JAVA_BYTE))
                            .isEqualTo(GeneratedStorage.bytes(1, block, BLOCK));
                    slice.get().release();
                    here += BLOCK;
                }
            }
        }
        return here;
    }
}
