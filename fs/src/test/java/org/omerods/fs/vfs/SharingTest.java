package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.ReadingTest.assertFails;
import static org.omerods.fs.vfs.ReadingTest.expected;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.memory.MemoryStorage;
import org.omerods.storage.testing.FaultyStorage;

/** Many who want the same at the same time, some of whom give up. */
class SharingTest {
    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final HeldStorage held = new HeldStorage(storage);

    private Mounted mount() throws Exception {
        storage.object("/a", 1_000_000);
        return new Mounted(held, Mounted.config(directory));
    }

    @Test
    void manyReadersOfTheSameBytesAreOneFetch() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("read");
            List<Answer<ReadData>> reads = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                reads.add(mounted.client.startRead(new TestRequest(), file, 8192, 65_536));
            }
            await().until(() -> waits(mounted) == 31);
            held.letGo();
            for (Answer<ReadData> read : reads) {
                assertThat(Client.bytesOf(read.get())).isEqualTo(expected(1, 8192, 65_536));
            }
            assertThat(storage.calls("read")).containsExactly("read /a 8192+65536 DEMAND");
            assertThat(storage.calls("verify")).hasSize(1);
        }
    }

    private static long waits(Mounted mounted) {
        return mounted.filesystem.statistics().blocks().waits();
    }

    @Test
    void overlappingReadersShareWhatIsCommon() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("read");
            Answer<ReadData> first = mounted.client.startRead(new TestRequest(), file, 0, 65_536);
            await().until(() -> held.waiting() == 1);
            Answer<ReadData> second = mounted.client.startRead(new TestRequest(), file, 32_768, 65_536);
            await().until(() -> held.waiting() == 2);
            held.letGo();
            assertThat(Client.bytesOf(first.get())).isEqualTo(expected(1, 0, 65_536));
            assertThat(Client.bytesOf(second.get())).isEqualTo(expected(1, 32_768, 65_536));
            assertThat(storage.calls("read"))
                    .containsExactlyInAnyOrder("read /a 0+65536 DEMAND", "read /a 65536+32768 DEMAND");
        }
    }

    @Test
    void fetchesThatEndDuringACheckShareTheNextOne() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("verify");
            List<Answer<ReadData>> reads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                reads.add(mounted.client.startRead(new TestRequest(), file, i * 4096L, 4096));
            }
            await().until(() -> storage.calls("read").size() == 10 && held.waiting() == 1);
            held.letGo();
            for (Answer<ReadData> read : reads) {
                Client.bytesOf(read.get());
            }
            assertThat(storage.calls("verify")).hasSizeBetween(2, 3);
        }
    }

    @Test
    void manyLookupsOfTheSameNameAreOneStat() throws Exception {
        try (Mounted mounted = mount()) {
            held.hold("stat");
            List<Answer<Child>> lookups = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Answer<Child> answer = new Answer<>();
                mounted.filesystem.lookup(new TestRequest(), 1, "a", answer);
                lookups.add(answer);
            }
            await().until(() -> held.waiting() == 1);
            held.letGo();
            for (Answer<Child> lookup : lookups) {
                assertThat(lookup.get().attributes()).isNotNull();
            }
            assertThat(storage.calls("stat")).containsExactly("stat /a");
        }
    }

    @Test
    void anInterruptedReaderGetsEintrAndTheOthersTheirBytes() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("read");
            TestRequest impatient = new TestRequest();
            Answer<ReadData> first = mounted.client.startRead(impatient, file, 0, 4096);
            Answer<ReadData> second = mounted.client.startRead(new TestRequest(), file, 0, 4096);
            await().until(() -> waits(mounted) == 1);
            impatient.interrupt();
            assertFails(Errno.EINTR, first::get);
            assertThat(second.isDone()).isFalse();
            held.letGo();
            assertThat(Client.bytesOf(second.get())).isEqualTo(expected(1, 0, 4096));
            assertThat(storage.calls("read")).hasSize(1);
        }
    }

    @Test
    void aChangeThatASignalFallsIntoIsFinished() throws Exception {
        HeldStorage writable = new HeldStorage(new MemoryStorage());
        try (WritingMounted mounted = new WritingMounted(writable, directory)) {
            writable.hold("stat");
            TestRequest signalled = new TestRequest();
            Answer<Child> answer = new Answer<>();
            mounted.mounted.filesystem.makeDirectory(signalled, 1, "new", 0755, answer);
            await().until(() -> writable.waiting() == 1);
            signalled.interrupt();
            writable.letGo();
            assertThat(answer.get().attributes()).extracting(Attributes::kind).isEqualTo(FileKind.DIRECTORY);
        }
    }

    @Test
    void aReadThatASignalFallsIntoIsFinished() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("read");
            TestRequest signalled = new TestRequest();
            Answer<ReadData> read = mounted.client.startRead(signalled, file, 0, 4096);
            await().until(() -> held.waiting() == 1);
            signalled.interrupt();
            held.letGo();
            assertThat(Client.bytesOf(read.get())).isEqualTo(expected(1, 0, 4096));
        }
    }

    @Test
    void anInterruptedLookupGetsEintr() throws Exception {
        try (Mounted mounted = mount()) {
            held.hold("stat");
            TestRequest impatient = new TestRequest();
            Answer<Child> answer = new Answer<>();
            mounted.filesystem.lookup(impatient, 1, "a", answer);
            impatient.interrupt();
            assertFails(Errno.EINTR, answer::get);
            held.letGo();
        }
    }

    @Test
    void anInterruptBeforeTheRequestBeganCountsToo() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            held.hold("read");
            TestRequest impatient = new TestRequest();
            impatient.interrupt();
            assertFails(
                    Errno.EINTR,
                    () -> mounted.client.startRead(impatient, file, 0, 4096).get());
            held.letGo();
        }
    }

    @Test
    @Timeout(30)
    void closingWithAHungServerIsBoundedAndAnswersEverybody() throws Exception {
        Mounted mounted = mount();
        OpenedFile file = mounted.client.open("a");
        held.hold("read");
        Answer<ReadData> read = mounted.client.startRead(new TestRequest(), file, 0, 4096);
        await().until(() -> held.waiting() == 1);
        assertThatCode(mounted::close).doesNotThrowAnyException();
        assertThat(read.isDone()).isTrue();
        assertThat(held.waiting()).as("calls left waiting").isZero();
        try (var files = Files.list(directory)) {
            assertThat(files.map(left -> left.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void aReaderTriesForItselfWhenSomebodyElsesFetchFails() throws Exception {
        storage.object("/a", 1_000_000);
        FaultyStorage faulty = new FaultyStorage(storage);
        HeldStorage slow = new HeldStorage(faulty);
        try (Mounted mounted = new Mounted(slow, Mounted.config(directory))) {
            OpenedFile file = mounted.client.open("a");
            faulty.failNext("read", 1, Reason.TIMEOUT);
            slow.hold("read");
            Answer<ReadData> first = mounted.client.startRead(new TestRequest(), file, 0, 4096);
            await().until(() -> slow.waiting() == 1);
            Answer<ReadData> second = mounted.client.startRead(new TestRequest(), file, 0, 4096);
            await().until(() -> waits(mounted) == 1);
            slow.letGo();
            assertFails(Errno.EIO, first::get);
            assertThat(Client.bytesOf(second.get())).isEqualTo(expected(1, 0, 4096));
        }
    }
}
