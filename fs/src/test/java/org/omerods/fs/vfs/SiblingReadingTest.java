package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.with;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SlideConfig;

/** Programs that read a directory file by file. */
class SiblingReadingTest {
    private static final int FILES = 80;
    private static final int BYTES = 5000;
    private static final int ROOM = 1 << 20;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    private Mounted mounted() throws Exception {
        for (int i = 0; i < FILES; i++) {
            storage.object(name(i), BYTES);
        }
        return new Mounted(
                storage,
                new FilesystemConfig(
                        MetadataCacheConfig.DEFAULTS,
                        BlockCacheConfig.in(directory),
                        onlySiblings(),
                        new PresentationConfig(1001, 1002, 0444, 0555)));
    }

    private static PrefetchConfig onlySiblings() {
        PrefetchConfig all = PrefetchConfig.DEFAULTS;
        return new PrefetchConfig(
                all.sequentialAfterBytes(),
                all.initialWindowBytes(),
                0,
                0,
                all.maxBytesInFlight(),
                all.maxBytesInFlightPerObject(),
                SlideConfig.OFF,
                all.siblings());
    }

    private static String name(int i) {
        return String.format("/f%03d", i);
    }

    private static void list(Mounted mounted) throws Exception {
        assertThat(mounted.client.list(1, ROOM, true)).hasSizeGreaterThanOrEqualTo(FILES);
    }

    private static byte[] read(Mounted mounted, int i, int bytes) throws Exception {
        OpenedFile file = mounted.client.open(name(i).substring(1));
        byte[] read = mounted.client.read(file, 0, bytes);
        mounted.client.release(file);
        return read;
    }

    private static void soon(Callable<Boolean> condition) {
        with().pollInterval(Duration.ofMillis(2)).await().until(condition);
    }

    private long demandReads(int i) {
        return storage.calls("read").stream()
                .filter(call -> call.startsWith("read " + name(i) + " ") && call.endsWith(" DEMAND"))
                .count();
    }

    private boolean isFetchedAhead(int i) {
        return storage.calls("read").contains("read " + name(i) + " 0+" + BYTES + " PREFETCH");
    }

    @Test
    void theFilesThatFollowAreFetchedAhead() throws Exception {
        try (Mounted mounted = mounted()) {
            list(mounted);
            for (int i = 0; i < FILES; i++) {
                int number = i;
                if (i >= 3) {
                    soon(() -> isFetchedAhead(number));
                }
                assertThat(read(mounted, i, BYTES)).isEqualTo(ReadingTest.expected(1, 0, BYTES));
            }
            for (int i = 3; i < FILES; i++) {
                assertThat(demandReads(i)).as(name(i)).isZero();
            }
            assertThat(storage.calls("read")).as("each once").hasSize(FILES);
        }
    }

    @Test
    void soAreThoseThatFollowInTheOrderOfInodeNumbers() throws Exception {
        // as cp reads; the numbers are others than the names' order
        for (int i = 0; i < FILES; i++) {
            storage.object(name(i * 37 % FILES), BYTES);
        }
        try (Mounted mounted = mounted()) {
            list(mounted);
            for (int i = 0; i < FILES; i++) {
                int number = i * 37 % FILES;
                if (i >= 3) {
                    soon(() -> isFetchedAhead(number));
                }
                assertThat(read(mounted, number, BYTES)).isEqualTo(ReadingTest.expected(2, 0, BYTES));
            }
            assertThat(storage.calls("read")).as("each once").hasSize(FILES);
        }
    }

    @Test
    void withoutAListingNoFileIsFetchedAhead() throws Exception {
        try (Mounted mounted = mounted()) {
            for (int i = 0; i < 20; i++) {
                assertThat(read(mounted, i, BYTES)).hasSize(BYTES);
            }
            assertThat(storage.calls("list")).isEmpty();
            assertThat(storage.calls("read")).hasSize(20).allMatch(call -> call.endsWith(" DEMAND"));
        }
    }

    @Test
    void filesThatAreOnlyLookedAtFetchNoOthers() throws Exception {
        try (Mounted mounted = mounted()) {
            list(mounted);
            for (int i = 0; i < 20; i++) {
                assertThat(read(mounted, i, 512)).hasSize(512);
            }
            assertThat(storage.calls("read")).hasSize(20).allMatch(call -> call.endsWith(" DEMAND"));
        }
    }

    @Test
    void aFileThatIsReplacedAfterItWasFetchedAheadIsReadAsItIsNow() throws Exception {
        try (Mounted mounted = mounted()) {
            list(mounted);
            for (int i = 0; i < 3; i++) {
                read(mounted, i, BYTES);
            }
            soon(() -> isFetchedAhead(3));
            storage.object(name(3), BYTES);
            mounted.ticker.advance(Duration.ofMinutes(2));
            assertThat(read(mounted, 3, BYTES)).isEqualTo(ReadingTest.expected(2, 0, BYTES));
        }
    }

    @Test
    void aFileThatIsGoneWhenItIsFetchedAheadHoldsUpNoOther() throws Exception {
        try (Mounted mounted = mounted()) {
            list(mounted);
            List.of(3, 5).forEach(i -> storage.remove(name(i)));
            for (int i = 0; i < 3; i++) {
                read(mounted, i, BYTES);
            }
            soon(() -> isFetchedAhead(4));
            assertThat(read(mounted, 4, BYTES)).isEqualTo(ReadingTest.expected(1, 0, BYTES));
        }
    }

    @Test
    void aRunThatLastsLongerThanItsListingIsBelievedGoesOn() throws Exception {
        try (Mounted mounted = mounted()) {
            list(mounted);
            for (int i = 0; i < 10; i++) {
                read(mounted, i, BYTES);
            }
            mounted.ticker.advance(Duration.ofMinutes(10));
            storage.forgetCalls();
            read(mounted, 10, BYTES);
            soon(() -> !storage.calls("list").isEmpty());
            for (int i = 11; i < 40; i++) {
                read(mounted, i, BYTES);
            }
            soon(() -> isFetchedAhead(45));
            assertThat(storage.calls("list")).hasSize(1);
        }
    }
}
