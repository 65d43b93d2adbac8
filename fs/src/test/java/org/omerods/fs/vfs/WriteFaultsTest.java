package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.WritingClient.O_RDWR;
import static org.omerods.fs.vfs.WritingMounted.store;
import static org.omerods.fs.vfs.WritingMounted.stored;
import static org.omerods.fs.vfs.WritingTest.errnoOf;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.omerods.fs.staging.StagedProblem;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** A fault at every step of a write: the bytes are in the storage, or the writer was told and they are kept. */
class WriteFaultsTest extends WritingFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    FilesystemConfig config() {
        return WritingMounted.config(directory.resolve("first"));
    }

    private void awaitNothingStaged() {
        await().atMost(PATIENCE).until(() -> mounted.staging.status().files() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE,EIO",
        "TIMEOUT,EIO",
        "CORRUPT,EIO",
        "NO_SPACE,ENOSPC",
        "LOCKED,EBUSY",
        "LOGIN_REFUSED,EACCES"
    })
    void aFailedUploadIsToldKeptAndTriedAgain(Reason reason, Errno told) throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        storage.failNext("put", reason);
        storage.failNext("put", reason);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(told);
        assertThat(client.text("a"))
                .as("it is still there for everybody on the mount")
                .isEqualTo("content");
        awaitNothingStaged();
        assertThat(stored(memory, "/a")).isEqualTo("content");
        assertThat(mounted.staging.problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"ACCESS_DENIED", "INVALID", "NOT_FOUND", "ALREADY_EXISTS", "READ_ONLY"})
    void whatThePlaceWillNotHaveWaitsForAPerson(Reason reason) throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        storage.failNext("put", reason);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(ErrnoOfReason.of(reason));
        assertThat(client.exists("a")).as("the path shows what the storage has").isFalse();
        StagedProblem problem = mounted.staging.problems().getFirst();
        assertThat(problem.reason()).isEqualTo(reason.name());
        assertThat(problem.waitsForPerson()).isTrue();
        mounted.staging.retry(problem.number());
        assertThat(stored(memory, "/a")).isEqualTo("content");
        awaitNothingStaged();
    }

    @Test
    void aNewFileWithoutBytesThatIsRefusedLeavesNothing() throws Exception {
        OpenedFile file = client.create("a");
        storage.failNext("put", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EACCES);
        assertThat(client.exists("a")).isFalse();
        awaitNothingStaged();
        assertThat(mounted.staging.problems()).isEmpty();
    }

    /** dd and every shell close a descriptor of the new file before they write through another one. */
    @Test
    void whatIsWrittenToANewFileThatWasRefusedWhileItWasEmptyIsKeptAndTold() throws Exception {
        OpenedFile file = client.create("a");
        storage.failNext("put", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.flush(file))).isEqualTo(Errno.EACCES);
        client.write(file, 0, "content");
        storage.failNext("put", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EACCES);
        StagedProblem problem = mounted.staging.problems().getFirst();
        assertThat(problem.size()).isEqualTo(7);
        assertThat(problem.waitsForPerson()).isTrue();
        mounted.staging.retry(problem.number());
        assertThat(stored(memory, "/a")).isEqualTo("content");
        awaitNothingStaged();
    }

    @Test
    void aNewFileThatWasRefusedWhileItWasEmptyIsUploadedWhenItIsNoMore() throws Exception {
        OpenedFile file = client.create("a");
        storage.failNext("put", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.flush(file))).isEqualTo(Errno.EACCES);
        client.write(file, 0, "content");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("content");
        assertThat(client.exists("a")).isTrue();
        awaitNothingStaged();
        assertThat(mounted.staging.problems()).isEmpty();
    }

    @Test
    void ofANewFileThatWasRefusedWhileItWasEmptyNothingIsTakenUp() throws Exception {
        OpenedFile file = client.create("a");
        storage.failNext("put", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.flush(file))).isEqualTo(Errno.EACCES);
        killAndMountAgain();
        assertThat(mounted.staging.problems()).isEmpty();
        assertThat(mounted.staging.status().files()).isZero();
        assertThat(storage.has("/a")).isFalse();
    }

    @Test
    void filesThatWaitForTheStorageHoldNoDescriptors() throws Exception {
        int files = 20;
        serverAway();
        for (int i = 0; i < files; i++) {
            OpenedFile file = client.create("f" + i);
            client.write(file, 0, "content " + i);
            assertThat(stagedDescriptors()).isPositive();
            assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EIO);
        }
        await().until(() -> stagedDescriptors() == 0);
        mounted.close();
        mount(config());
        await().until(() -> stagedDescriptors() == 0);
        storage.heal();
        awaitNothingStaged();
        for (int i = 0; i < files; i++) {
            assertThat(stored(memory, "/f" + i)).isEqualTo("content " + i);
        }
    }

    private static long stagedDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(fd -> target(fd).matches(".*/[0-9]+\\.(data|journal)"))
                    .count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return ""; // closed meanwhile
        }
    }

    @Test
    void anUploadWhoseAnswerWasLostIsNoConflict() throws Exception {
        OpenedFile file = client.create("new");
        client.write(file, 0, "content");
        storage.loseAnswer("put", Reason.TIMEOUT);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EIO);
        awaitNothingStaged();
        assertThat(stored(memory, "/new")).isEqualTo("content");

        store(memory, "/old", "before");
        OpenedFile again = client.open("old", O_RDWR);
        client.write(again, 0, "after!");
        storage.loseAnswer("overwrite", Reason.UNAVAILABLE);
        assertThat(errnoOf(() -> client.close(again))).isEqualTo(Errno.EIO);
        awaitNothingStaged();
        assertThat(stored(memory, "/old")).isEqualTo("after!");
        assertThat(mounted.staging.problems()).isEmpty();
    }

    @Test
    void aFailedTouchAfterTheUploadIsMadeUpFor() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        client.touch("a", time);
        storage.failNext("touch", Reason.UNAVAILABLE);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EIO);
        awaitNothingStaged();
        assertThat(memory.stat(new StoragePath("/a")).modified()).isEqualTo(time);
        assertThat(stored(memory, "/a")).isEqualTo("content");
    }

    @Test
    void writersWaitForAnUploadAndReadersDoNot() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "first");
        storage.hold("put");
        Answer<Done> flush = client.startFlush(file);
        await().atMost(PATIENCE).until(() -> storage.waiting() == 1);
        Answer<Integer> write = client.startWrite(file, 5, " second".getBytes(StandardCharsets.UTF_8));
        assertThat(client.text("a")).isEqualTo("first");
        assertThat(write.isDone()).isFalse();
        storage.letGo();
        flush.get();
        write.get();
        assertThat(stored(memory, "/a")).as("what was uploaded was whole").isEqualTo("first");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("first second");
    }

    @Test
    void aFileWhoseCloseComesWhileItIsRenamedIsRenamed() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.flush(file);
        storage.hold("rename");
        Answer<Done> rename = client.startRename("a", "b");
        await().atMost(PATIENCE).until(() -> storage.waiting() == 1);
        client.close(file);
        storage.letGo();
        rename.get();
        assertThat(stored(memory, "/b")).isEqualTo("content");
        assertThat(client.text("b")).isEqualTo("content");
        assertThat(client.exists("a")).isFalse();
        await().atMost(PATIENCE).until(() -> mounted.staging.status().files() == 0);
    }

    @Test
    void aFullStagingDirectoryIsEnospcAndNothingThatWasWrittenIsLost() throws Exception {
        remount(WritingMounted.config(directory.resolve("small"), 128 << 10));
        OpenedFile file = client.create("a");
        byte[] block = new byte[64 << 10];
        client.write(file, 0, block);
        client.write(file, block.length, block);
        assertThat(errnoOf(() -> client.write(file, 2L * block.length, block))).isEqualTo(Errno.ENOSPC);
        client.close(file);
        assertThat(stored(memory, "/a")).hasSize(2 * block.length);
        client.put("b", "there is room again");
        assertThat(mounted.staging.status().usedBytes()).isZero();
    }

    @Test
    void aWriterWaitsForRoomWhileUploadsAreUnderWay() throws Exception {
        FilesystemConfig small = WritingMounted.config(directory.resolve("small"), 64 << 10);
        WritingConfig writing = small.writing().orElseThrow();
        remount(small.withWriting(new WritingConfig(
                writing.staging().withWaits(PATIENCE, Duration.ofMillis(20), Duration.ofMillis(200)),
                writing.ownership())));
        OpenedFile first = client.create("a");
        client.write(first, 0, "first");
        storage.hold("put");
        Answer<Done> flush = client.startFlush(first);
        await().atMost(PATIENCE).until(() -> storage.waiting() == 1);
        mounted.mounted.filesystem.release(first.handle());
        OpenedFile second = client.create("b");
        Answer<Integer> write = client.startWrite(second, 0, new byte[] {1});
        assertThat(write.isDone()).isFalse();
        storage.letGo();
        flush.get();
        assertThat(write.get()).isEqualTo(1);
        client.close(second);
    }

    private void remount(FilesystemConfig config) throws Exception {
        mounted.close();
        mount(config);
    }

    @Test
    void aKilledProcessLosesNothingThatWasAcknowledged() throws Exception {
        store(memory, "/old", "0123456789");
        store(memory, "/cut", "0123456789");
        OpenedFile fresh = client.create("new");
        client.write(fresh, 0, "all of ");
        client.write(fresh, 7, "it");
        OpenedFile part = client.open("old", O_RDWR);
        client.write(part, 3, "xx");
        OpenedFile cut = client.open("cut", O_RDWR);
        client.truncate(cut, "cut", 4);
        client.write(cut, 6, "y");
        OpenedFile moved = client.create("before");
        client.write(moved, 0, "moved");
        client.rename("before", "after");
        OpenedFile gone = client.create("gone");
        client.write(gone, 0, "nobody wants it");
        client.removeFile("gone");
        killAndMountAgain();
        awaitNothingStaged();
        assertThat(stored(memory, "/new")).isEqualTo("all of it");
        assertThat(stored(memory, "/old")).isEqualTo("012xx56789");
        assertThat(stored(memory, "/cut")).isEqualTo("0123\0\0y");
        assertThat(stored(memory, "/after")).isEqualTo("moved");
        assertThat(storage.has("/before")).isFalse();
    }

    @Test
    void whatWasTakenUpIsSeenAndWrittenOnBeforeItIsUploaded() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "from the first life");
        storage.hold("put");
        killAndMountAgain();
        assertThat(client.text("a")).isEqualTo("from the first life");
        storage.letGo();
        OpenedFile again = client.open("a", O_RDWR);
        client.write(again, 0, "FROM");
        client.close(again);
        assertThat(stored(memory, "/a")).isEqualTo("FROM the first life");
    }

    @Test
    void aKilledProcessDoesNotOverwriteWhatWasReplacedMeanwhile() throws Exception {
        store(memory, "/a", "base");
        OpenedFile file = client.open("a", O_RDWR);
        client.write(file, 0, "mine");
        store(memory, "/a", "theirs");
        killAndMountAgain();
        await().atMost(PATIENCE)
                .until(() -> mounted.staging.problems().stream().anyMatch(StagedProblem::waitsForPerson));
        assertThat(stored(memory, "/a")).isEqualTo("theirs");
        Path saved = directory.resolve("saved");
        assertThat(mounted.staging.export(mounted.staging.problems().getFirst().number(), saved))
                .isZero();
        assertThat(saved).hasContent("mine");
    }

    @Test
    void aTornEndOfAJournalIsTheStateBeforeIt() throws Exception {
        store(memory, "/a", "0123456789");
        OpenedFile file = client.open("a", O_RDWR);
        client.write(file, 0, "A");
        client.write(file, 5, "B");
        Path image = image("torn");
        Path journal = only(image, ".journal");
        try (RandomAccessFile torn = new RandomAccessFile(journal.toFile(), "rw")) {
            torn.setLength(torn.length() - 3); // in the middle of the record of B
        }
        serverAway();
        mounted.close();
        storage.heal();
        mount(WritingMounted.config(image));
        awaitNothingStaged();
        assertThat(stored(memory, "/a")).isEqualTo("A123456789");
    }

    @Test
    void unmountingWhileTheServerIsAwayKeepsTheBytesForTheNextMount() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        serverAway();
        mounted.close();
        assertThat(storage.has("/a")).isFalse();
        storage.heal();
        mount(WritingMounted.config(directory.resolve("first")));
        awaitNothingStaged();
        assertThat(stored(memory, "/a")).isEqualTo("content");
    }

    private void serverAway() {
        for (int i = 0; i < 1_000; i++) {
            storage.failNext("put", Reason.UNAVAILABLE);
            storage.failNext("overwrite", Reason.UNAVAILABLE);
        }
    }

    @Test
    void aWriterThatIsOpenWhenTheMountEndsIsUploaded() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        mounted.close();
        assertThat(stored(memory, "/a")).isEqualTo("content");
        mount(WritingMounted.config(directory.resolve("first")));
    }

    @Test
    void filesOfAnotherPlaceAreNeverUploadedHere() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        Path image = image("image");
        Files.writeString(image.resolve("staging/identity"), "irods://other@host/zone");
        assertThatThrownBy(() -> new WritingMounted(storage, image))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("irods://other@host/zone");
    }

    @Test
    void aSecondMountWithTheSameStagingDirectoryIsRefused() {
        assertThatThrownBy(() -> new WritingMounted(
                        storage,
                        WritingMounted.config(directory.resolve("first")).withWriting(mountedConfig())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another mount");
    }

    private WritingConfig mountedConfig() {
        return WritingMounted.config(directory.resolve("first")).writing().orElseThrow();
    }

    /** What a process that is killed now leaves on the disk. */
    private Path image(String name) throws IOException {
        Path image = directory.resolve(name);
        Files.createDirectories(image.resolve("staging"));
        try (Stream<Path> files = Files.list(directory.resolve("first/staging"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        image.resolve("staging").resolve(file.getFileName().toString()));
            }
        }
        return image;
    }

    private static Path only(Path image, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(image.resolve("staging"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(suffix)).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    /** The first mount is left alone, as a killed process leaves it, and its files are taken up by a second one. */
    private void killAndMountAgain() throws IOException {
        Path image = image("second life");
        mounted = new WritingMounted(storage, image);
        client = mounted.client;
    }
}
