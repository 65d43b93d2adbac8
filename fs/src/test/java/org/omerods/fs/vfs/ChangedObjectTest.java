package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.ReadingTest.assertFails;
import static org.omerods.fs.vfs.ReadingTest.expected;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.StoragePath;

/** Objects that somebody changes while they are read. */
class ChangedObjectTest {
    private static final Duration PAST_ALL_TTLS = Duration.ofMinutes(2);
    private static final int SIZE = 100_000;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final HeldStorage held = new HeldStorage(storage);

    private Mounted mount() throws Exception {
        storage.object("/a", SIZE);
        return new Mounted(held, Mounted.config(directory));
    }

    @Test
    void aColdReadOfAnOverwrittenObjectFailsWithEstale() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            mounted.client.read(file, 0, 4096);
            storage.object("/a", SIZE);
            assertFails(Errno.ESTALE, () -> mounted.client.read(file, 50_000, 4096));
            assertFails(Errno.ESTALE, () -> mounted.client.read(file, 0, 4096));
            assertThat(mounted.filesystem.statistics().blocks().stale()).isEqualTo(1);
        }
    }

    @Test
    void bytesFetchedInTheMomentOfAnOverwriteAreNeverSeen() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("verify");
            Answer<ReadData> read = mounted.client.startRead(new TestRequest(), file, 0, 4096);
            await().until(() -> held.waiting() == 1);
            storage.object("/a", SIZE);
            held.letGo();
            assertFails(Errno.ESTALE, read::get);
        }
    }

    @Test
    void afterEstaleTheFileCanBeOpenedAgainAtOnce() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile old = mounted.client.open("a");
            storage.object("/a", SIZE + 1);
            assertFails(Errno.ESTALE, () -> mounted.client.read(old, 0, 4096));
            assertThat(mounted.client.walk("a").size()).isEqualTo(SIZE + 1);
            OpenedFile fresh = mounted.client.open("a");
            assertThat(mounted.client.read(fresh, 0, 4096)).isEqualTo(expected(2, 0, 4096));
        }
    }

    @Test
    void theKernelIsToldToForgetWhatIsStale() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile old = mounted.client.open("a");
            long inode = mounted.client.walk("a").inode();
            storage.object("/a", SIZE);
            assertFails(Errno.ESTALE, () -> mounted.client.read(old, 0, 4096));
            await().untilAsserted(() -> assertThat(mounted.told).contains("content " + inode, "entry 1 a"));
        }
    }

    @Test
    void aRemovedObjectIsEstaleForThoseWhoHaveItOpen() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            storage.remove("/a");
            assertFails(Errno.ESTALE, () -> mounted.client.read(file, 0, 4096));
        }
    }

    @Test
    void openingAsksTheCatalogWhenTheAttributesAreNotFresh() throws Exception {
        try (Mounted mounted = mount()) {
            mounted.client.walk("a");
            storage.object("/a", SIZE);
            mounted.ticker.advance(Duration.ofSeconds(6));
            OpenedFile file = mounted.client.open("a");
            assertThat(mounted.client.read(file, 0, 4096)).isEqualTo(expected(2, 0, 4096));
        }
    }

    @Test
    void cachedBytesStillServeTheHandleOfTheirVersion() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile old = mounted.client.open("a");
            mounted.client.read(old, 0, 4096);
            storage.object("/a", SIZE);
            mounted.ticker.advance(PAST_ALL_TTLS);
            OpenedFile fresh = mounted.client.open("a");
            assertThat(mounted.client.read(fresh, 0, 4096)).isEqualTo(expected(2, 0, 4096));
            assertThat(mounted.client.read(old, 0, 4096)).isEqualTo(expected(1, 0, 4096));
            assertFails(Errno.ESTALE, () -> mounted.client.read(old, 50_000, 4096));
        }
    }

    @Test
    void aNewVersionIsReadDirectlyWhileTheOldOneHasThePages() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile old = mounted.client.open("a");
            assertThat(old.direct()).isFalse();
            storage.object("/a", SIZE);
            mounted.ticker.advance(PAST_ALL_TTLS);
            OpenedFile during = mounted.client.open("a");
            assertThat(during.direct()).isTrue();
            mounted.client.release(old);
            OpenedFile after = mounted.client.open("a");
            assertThat(after.direct()).isFalse();
            assertThat(after.keepPageCache()).isFalse();
            assertThat(mounted.client.open("a").keepPageCache()).isTrue();
        }
    }

    @Test
    void theBlocksOfAnOldVersionGoWithItsLastHandle() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile old = mounted.client.open("a");
            mounted.client.read(old, 0, SIZE);
            storage.object("/a", SIZE);
            mounted.ticker.advance(PAST_ALL_TTLS);
            mounted.client.walk("a");
            assertThat(mounted.filesystem.statistics().blocks().cachedBytes()).isEqualTo(SIZE);
            mounted.client.release(old);
            assertThat(mounted.filesystem.statistics().blocks().cachedBytes()).isZero();
        }
    }

    @Test
    void invalidatingAPathMakesTheNextLookupAsk() throws Exception {
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("a").inode();
            mounted.filesystem.invalidate(new StoragePath("/a"));
            assertThat(mounted.told).containsExactly("content " + inode, "entry 1 a");
            storage.forgetCalls();
            mounted.client.lookup(1, "a");
            assertThat(storage.calls()).containsExactly("stat /a");
        }
    }
}
