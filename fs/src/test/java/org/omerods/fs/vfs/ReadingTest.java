package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.storage.DataObject;

/** What a program gets that opens and reads files. */
class ReadingTest {
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_TRUNC = 01000;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    static byte[] expected(int seed, long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = GeneratedStorage.byteAt(seed, offset + i);
        }
        return bytes;
    }

    @Test
    void bytesAreThoseOfTheObject() throws Exception {
        storage.object("/a", 100_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            assertThat(mounted.client.read(file, 0, 100_000)).isEqualTo(expected(1, 0, 100_000));
            assertThat(mounted.client.read(file, 12_345, 5_000)).isEqualTo(expected(1, 12_345, 5_000));
        }
    }

    @Test
    void readsAreShortOnlyAtTheEnd() throws Exception {
        storage.object("/a", 10_001);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            assertThat(mounted.client.read(file, 10_000, 4096)).isEqualTo(expected(1, 10_000, 1));
            assertThat(mounted.client.read(file, 10_001, 4096)).isEmpty();
            assertThat(mounted.client.read(file, Long.MAX_VALUE - 1, 4096)).isEmpty();
        }
    }

    @Test
    void anEmptyFileIsReadWithoutAskingForBytes() throws Exception {
        storage.object("/empty", 0);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            assertThat(mounted.client.read(mounted.client.open("empty"), 0, 4096))
                    .isEmpty();
            assertThat(storage.calls("read")).isEmpty();
        }
    }

    @Test
    void offsetsBeyondFourAndSixteenGigabytesAreRight() throws Exception {
        long size = 20_000_000_007L;
        storage.object("/big", size);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("big");
            for (long around : new long[] {2L << 30, 4L << 30, 16L << 30, 17_000_000_000L, size - 100_000}) {
                long offset = around - 50_000;
                assertThat(mounted.client.read(file, offset, 100_000)).isEqualTo(expected(1, offset, 100_000));
            }
            assertThat(mounted.client.read(file, size - 3, 4096)).isEqualTo(expected(1, size - 3, 3));
        }
    }

    @Test
    void aSecondReadOfTheSameBytesAsksNobody() throws Exception {
        storage.object("/a", 1_000_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            mounted.client.read(file, 4096, 65_536);
            storage.forgetCalls();
            mounted.client.read(file, 4096, 65_536);
            mounted.client.read(file, 9_000, 1_000);
            assertThat(storage.calls()).isEmpty();
        }
    }

    @Test
    void aHitIsAnsweredOnTheCallingThread() throws Exception {
        storage.object("/a", 100_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            mounted.client.read(file, 0, 8192);
            Answer<ReadData> answer = mounted.client.startRead(new TestRequest(), file, 100, 8000);
            assertThat(answer.isDone()).isTrue();
            assertThat(Client.bytesOf(answer.get())).isEqualTo(expected(1, 100, 8000));
        }
    }

    @Test
    void onlyMissingBlocksAreFetched() throws Exception {
        storage.object("/a", 100_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            mounted.client.read(file, 8192, 4096);
            mounted.client.read(file, 5000, 10_000);
            assertThat(storage.calls("read"))
                    .containsExactlyInAnyOrder(
                            "read /a 8192+4096 DEMAND", "read /a 4096+4096 DEMAND", "read /a 12288+4096 DEMAND");
        }
    }

    @Test
    void theSizeNeedNotBeAMultipleOfTheBlock() throws Exception {
        storage.object("/a", 4097);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            assertThat(mounted.client.read(file, 4096, 4096)).isEqualTo(expected(1, 4096, 1));
            assertThat(storage.calls("read")).containsExactly("read /a 4096+1 DEMAND");
            assertThat(mounted.client.read(file, 0, 9000)).isEqualTo(expected(1, 0, 4097));
        }
    }

    @Test
    void everyFetchIsVerifiedBeforeItsBytesAreSeen() throws Exception {
        storage.object("/a", 100_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            mounted.client.read(mounted.client.open("a"), 0, 4096);
            assertThat(storage.calls())
                    .containsSubsequence("open /a", "read /a 0+4096 DEMAND", "verify /a")
                    .endsWith("verify /a");
        }
    }

    @Test
    void openingForWritingFailsWithErofs() throws Exception {
        storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            for (int flags : new int[] {O_WRONLY, O_RDWR, O_TRUNC}) {
                assertFails(Errno.EROFS, () -> mounted.client.open(inode, flags));
            }
        }
    }

    @Test
    void openingADirectoryAsAFileFailsWithEisdir() throws Exception {
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            assertFails(Errno.EISDIR, () -> mounted.client.open(Filesystem.ROOT_INODE));
        }
    }

    @Test
    void readingAClosedHandleFailsWithEbadf() throws Exception {
        storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            mounted.client.release(file);
            assertFails(Errno.EBADF, () -> mounted.client.read(file, 0, 10));
        }
    }

    @Test
    void reopeningAsksTheServerForNothingButAttributes() throws Exception {
        storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            OpenedFile first = mounted.client.open("a");
            mounted.client.read(first, 0, 10);
            mounted.client.release(first);
            storage.forgetCalls();
            OpenedFile second = mounted.client.open("a");
            assertThat(mounted.client.read(second, 0, 10)).isEqualTo(expected(1, 0, 10));
            assertThat(second.keepPageCache()).isTrue();
            assertThat(storage.calls()).isEmpty();
        }
    }

    @Test
    void objectsWithoutIdsDoNotShareBytes() throws Exception {
        DataObject a = storage.objectWithoutId("/a", 10);
        storage.put(new DataObject(
                a.path().parent().child("b"), a.version(), a.state(), a.resource(), 1, a.owner(), a.created()));
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            mounted.client.read(mounted.client.open("a"), 0, 10);
            mounted.client.read(mounted.client.open("b"), 0, 10);
            assertThat(storage.calls("read")).containsExactly("read /a 0+10 DEMAND", "read /b 0+10 DEMAND");
        }
    }

    @Test
    void aRestartedFilesystemHasWhatTheLastOneFetched() throws Exception {
        storage.object("/a", 100_000);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            mounted.client.read(mounted.client.open("a"), 0, 100_000);
        }
        storage.forgetCalls();
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            mounted.client.read(mounted.client.open("a"), 0, 100_000);
            assertThat(storage.calls("read")).isEmpty();
        }
    }

    static void assertThrowsErrno(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }

    static void assertFails(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failed.class, e -> assertThat(e.errno).isEqualTo(errno));
    }
}
