package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.WritingClient.O_EXCL;
import static org.omerods.fs.vfs.WritingClient.O_RDWR;
import static org.omerods.fs.vfs.WritingClient.O_TRUNC;
import static org.omerods.fs.vfs.WritingClient.O_WRONLY;
import static org.omerods.fs.vfs.WritingMounted.store;
import static org.omerods.fs.vfs.WritingMounted.stored;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** What programs that write see, and what the storage has then. */
class WritingTest extends WritingFixture {
    static Errno errnoOf(ThrowingCallable call) {
        return requireNonNull(catchThrowableOfType(Failed.class, call), "no failure").errno;
    }

    @Test
    void aNewFileIsInTheStorageWhenItsCloseReturns() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "hello ");
        client.write(file, 6, "world");
        assertThat(storage.has("/a")).as("before the close").isFalse();
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("hello world");
        assertThat(mounted.staging.status().files()).isZero();
    }

    @Test
    void anFsyncIsAnUpload() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "first");
        client.synchronize(file);
        assertThat(stored(memory, "/a")).isEqualTo("first");
        client.write(file, 5, ", second");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("first, second");
    }

    @Test
    void anEmptyNewFileIsAnObject() throws Exception {
        client.close(client.create("empty"));
        assertThat(stored(memory, "/empty")).isEmpty();
    }

    @Test
    void aListingShowsAFileWhoseUploadEndedWhileItWasAskedFor() throws Exception {
        memory.createCollection(new StoragePath("/d"));
        long inode = client.reading().walk("d").inode();
        OpenedFile file = client.create("d/a");
        client.write(file, 0, "some bytes");
        storage.holdAnswers("list");
        FutureTask<List<Client.Listed>> listing =
                new FutureTask<>(() -> client.reading().list(inode, 100, true));
        Thread.ofPlatform().start(listing);
        await().until(() -> storage.waiting() == 1);
        client.close(file);
        assertThat(mounted.staging.status().files()).isZero();
        storage.letGo();
        assertThat(listing.get(10, TimeUnit.SECONDS))
                .filteredOn(entry -> entry.name().equals("a"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attributes().size()).isEqualTo(10));
    }

    @Test
    void everybodyReadsWhatWasWrittenAndNotYetUploaded() throws Exception {
        client.makeDirectory("d");
        OpenedFile file = client.create("d/log");
        client.write(file, 0, "one line\n");
        assertThat(client.reading().walk("d/log").size()).isEqualTo(9);
        assertThat(client.text("d/log")).isEqualTo("one line\n");
        List<Client.Listed> listed =
                client.reading().list(client.reading().walk("d").inode(), 10, true);
        assertThat(listed)
                .filteredOn(entry -> entry.name().equals("log"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.attributes().size()).isEqualTo(9);
                    assertThat(entry.child().attributeTtl()).isZero();
                });
        client.close(file);
    }

    @Test
    void aReaderThatIsOpenReadsOnThroughWritesAndUploads() throws Exception {
        store(memory, "/a", "0123456789");
        OpenedFile reader = client.open("a", 0);
        assertThat(client.text(reader, 10)).isEqualTo("0123456789");
        OpenedFile writer = client.open("a", O_WRONLY);
        client.write(writer, 2, "xx");
        assertThat(client.text(reader, 10)).isEqualTo("01xx456789");
        client.close(writer);
        assertThat(client.text(reader, 10)).as("from the storage").isEqualTo("01xx456789");
        assertThat(stored(memory, "/a")).isEqualTo("01xx456789");
        writer = client.open("a", O_WRONLY | O_TRUNC);
        client.write(writer, 0, "new");
        client.close(writer);
        assertThat(client.text(reader, 10)).isEqualTo("new");
    }

    @Test
    void smallAppendsWithStatsBetweenAreNoRequests() throws Exception {
        OpenedFile log = client.create("import.log");
        client.write(log, 0, "");
        assertThat(client.exists("import.log")).isTrue();
        storage.forget();
        for (int i = 0; i < 1_600; i++) {
            client.write(log, i * 10L, "%09d\n".formatted(i));
            assertThat(client.reading().walk("import.log").size()).isEqualTo((i + 1) * 10L);
        }
        assertThat(storage.calls()).isEmpty();
        client.close(log);
        assertThat(storage.calls()).containsExactly("put /import.log");
        assertThat(stored(memory, "/import.log")).hasSize(16_000).endsWith("000001599\n");
    }

    @Test
    void aPartOfAnObjectIsOverwrittenWithoutFetchingItBeforeTheUpload() throws Exception {
        store(memory, "/a", "a".repeat(100_000));
        OpenedFile file = client.open("a", O_RDWR);
        storage.forget();
        client.write(file, 50_000, "b");
        assertThat(storage.calls()).isEmpty();
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("a".repeat(50_000) + "b" + "a".repeat(49_999));
    }

    @Test
    void aGapReadsAsZeros() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 4, "x");
        assertThat(client.text(file, 10)).isEqualTo("\0\0\0\0x");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("\0\0\0\0x");
    }

    @Test
    void aHandleThatOnlyWritesGoesPastThePages() throws Exception {
        store(memory, "/a", "0123456789");
        OpenedFile both = client.open("a", WritingClient.O_RDWR);
        OpenedFile writer = client.open("a", WritingClient.O_WRONLY);
        assertThat(writer.direct()).isTrue();
        assertThat(both.direct())
                .as("it may be mapped, and reads what it wrote")
                .isFalse();
        client.write(writer, 4, "xx");
        assertThat(client.text(both, 20)).isEqualTo("0123xx6789");
        client.close(writer);
        client.close(both);
        OpenedFile made = client.create("b", WritingClient.O_WRONLY).file();
        assertThat(made.direct()).isTrue();
        client.close(made);
        assertThat(stored(memory, "/a")).isEqualTo("0123xx6789");
    }

    @Test
    void truncatingShortensAndLengthens() throws Exception {
        store(memory, "/a", "0123456789");
        client.truncate("a", 4);
        assertThat(stored(memory, "/a"))
                .as("nobody closes it: it is uploaded at once")
                .isEqualTo("0123");
        client.truncate("a", 6);
        assertThat(stored(memory, "/a")).isEqualTo("0123\0\0");
        OpenedFile file = client.open("a", O_RDWR);
        client.truncate(file, "a", 2);
        client.truncate(file, "a", 5);
        assertThat(client.text(file, 10)).as("cut bytes do not come back").isEqualTo("01\0\0\0");
        assertThat(stored(memory, "/a")).isEqualTo("0123\0\0");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("01\0\0\0");
    }

    @Test
    void fallocateMakesLongerAndKnowsNoOtherMode() throws Exception {
        OpenedFile file = client.create("a");
        client.allocate(file, 0, 0, 10);
        client.allocate(file, 1, 0, 100);
        assertThat(client.reading().walk("a").size()).isEqualTo(10);
        assertThat(errnoOf(() -> client.allocate(file, 3, 0, 5))).isEqualTo(Errno.EOPNOTSUPP);
        client.close(file);
    }

    @Test
    void anExclusiveCreateOfWhatIsThereFailsWithEexist() throws Exception {
        store(memory, "/a", "x");
        assertThat(errnoOf(() -> client.create("a", O_WRONLY | O_EXCL))).isEqualTo(Errno.EEXIST);
        OpenedFile staged = client.create("b");
        assertThat(errnoOf(() -> client.create("b", O_WRONLY | O_EXCL))).isEqualTo(Errno.EEXIST);
        client.close(staged);
    }

    @Test
    void openingWithTruncationEmptiesTheObject() throws Exception {
        store(memory, "/a", "content");
        client.close(client.open("a", O_WRONLY | O_TRUNC));
        assertThat(stored(memory, "/a")).isEmpty();
    }

    @Test
    void triplesAndNumberStayWhenAnObjectIsOverwritten() throws Exception {
        DataObject before = store(memory, "/a", "old");
        client.setExtendedAttribute("a", "user.irods.avu.stain", "H&E\nPAS\tnow", ExtendedAttributeMode.ANY);
        client.put("a", "new");
        assertThat(memory.stat(before.path()).id()).isEqualTo(before.id());
        assertThat(memory.avus().list(before.path()))
                .containsExactlyInAnyOrder(new Avu("stain", "H&E", ""), new Avu("stain", "PAS", "now"));
        assertThat(client.reading().walk("a").inode()).isEqualTo(16 + 2 * before.id());
    }

    @Test
    void triplesAreSetReplacedAndRemoved() throws Exception {
        store(memory, "/a", "x");
        String name = "user.irods.avu.k";
        client.setExtendedAttribute("a", name, "1", ExtendedAttributeMode.CREATE);
        assertThat(errnoOf(() -> client.setExtendedAttribute("a", name, "2", ExtendedAttributeMode.CREATE)))
                .isEqualTo(Errno.EEXIST);
        client.setExtendedAttribute("a", name, "2", ExtendedAttributeMode.REPLACE);
        assertThat(client.reading().extendedAttribute(client.reading().walk("a").inode(), name))
                .isEqualTo("2");
        client.removeExtendedAttribute("a", name);
        assertThat(memory.avus().list(new StoragePath("/a"))).isEmpty();
        assertThat(errnoOf(() -> client.removeExtendedAttribute("a", name))).isEqualTo(Errno.ENODATA);
        assertThat(errnoOf(() -> client.setExtendedAttribute("a", "user.irods.path", "/b", ExtendedAttributeMode.ANY)))
                .isEqualTo(Errno.EPERM);
        assertThat(errnoOf(() -> client.setExtendedAttribute("a", "user.mime", "x", ExtendedAttributeMode.ANY)))
                .isEqualTo(Errno.EOPNOTSUPP);
    }

    @Test
    void aFileOpenWhenItsNameIsRemovedIsReadAndWrittenOnAndLeavesNothing() throws Exception {
        OpenedFile log = client.create("log");
        client.write(log, 0, "one ");
        client.removeFile("log");
        assertThat(client.exists("log")).isFalse();
        client.write(log, 4, "two");
        assertThat(client.text(log, 10)).isEqualTo("one two");
        client.close(log);
        assertThat(storage.has("/log")).isFalse();
        assertThat(mounted.staging.status().files()).isZero();
        assertThat(mounted.staging.status().usedBytes()).isZero();
    }

    @Test
    void aSmallObjectThatIsOpenKeepsItsBytesWhenItsNameIsRemoved() throws Exception {
        store(memory, "/a", "kept bytes");
        OpenedFile reader = client.open("a", 0);
        long inode = client.reading().walk("a").inode();
        client.removeFile("a");
        assertThat(storage.has("/a")).isFalse();
        assertThat(client.text(reader, 20)).isEqualTo("kept bytes");
        assertThat(client.reading().attributes(inode).attributes().links()).isZero();
        client.reading().release(reader);
        assertThat(mounted.staging.status().usedBytes()).isZero();
    }

    @Test
    void aNameCanBeUsedAgainWhileTheOldFileIsOpen() throws Exception {
        OpenedFile old = client.create("a");
        client.write(old, 0, "old");
        client.removeFile("a");
        client.put("a", "new");
        assertThat(client.text(old, 10)).isEqualTo("old");
        client.close(old);
        assertThat(stored(memory, "/a")).isEqualTo("new");
    }

    @Test
    void aNewFileKeepsItsInodeWhenItIsUploaded() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "x");
        long inode = client.reading().walk("a").inode();
        client.close(file);
        assertThat(client.reading().walk("a").inode()).isEqualTo(inode);
        assertThat(client.reading().attributes(inode).attributes().size()).isEqualTo(1);
    }

    @Test
    void directoriesAreMadeListedAndRemoved() throws Exception {
        client.makeDirectory("d");
        client.makeDirectory("d/e");
        assertThat(errnoOf(() -> client.makeDirectory("d"))).isEqualTo(Errno.EEXIST);
        assertThat(errnoOf(() -> client.removeDirectory("d"))).isEqualTo(Errno.ENOTEMPTY);
        assertThat(errnoOf(() -> client.removeFile("d"))).isEqualTo(Errno.EISDIR);
        OpenedFile file = client.create("d/e/f");
        assertThat(errnoOf(() -> client.removeDirectory("d/e")))
                .as("a file is being written")
                .isEqualTo(Errno.ENOTEMPTY);
        client.close(file);
        assertThat(errnoOf(() -> client.removeDirectory("d/e/f"))).isEqualTo(Errno.ENOTDIR);
        client.removeFile("d/e/f");
        client.removeDirectory("d/e");
        client.removeDirectory("d");
        assertThat(client.exists("d")).isFalse();
    }

    @Test
    void ownChangesAreSeenInAListingAtOnceWithoutAskingAgain() throws Exception {
        client.makeDirectory("d");
        long inode = client.reading().walk("d").inode();
        client.put("d/b", "x");
        assertThat(names(inode)).containsExactly(".", "..", "b");
        storage.forget();
        client.put("d/a", "x");
        client.makeDirectory("d/c");
        client.removeFile("d/b");
        assertThat(names(inode)).containsExactly(".", "..", "a", "c");
        assertThat(storage.calls()).doesNotContain("list /d");
    }

    private List<String> names(long inode) throws Failed {
        return client.reading().list(inode, 100, true).stream()
                .map(Client.Listed::name)
                .toList();
    }

    @Test
    void aSavedFileIsReplacedByRename() throws Exception {
        store(memory, "/notes", "old");
        OpenedFile old = client.open("notes", 0);
        client.put("notes.swp", "new");
        client.rename("notes.swp", "notes");
        assertThat(stored(memory, "/notes")).isEqualTo("new");
        assertThat(client.text("notes")).isEqualTo("new");
        assertThat(client.exists("notes.swp")).isFalse();
        assertThat(client.text(old, 10)).as("who had the replaced file open").isEqualTo("old");
        client.reading().release(old);
        assertThat(mounted.staging.status().usedBytes()).isZero();
    }

    @Test
    void aFileIsRenamedWhileItIsWritten() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "one ");
        client.rename("a", "b");
        assertThat(storage.has("/b")).as("it was nowhere yet").isFalse();
        client.write(file, 4, "two");
        assertThat(client.text("b")).isEqualTo("one two");
        client.close(file);
        assertThat(stored(memory, "/b")).isEqualTo("one two");
        assertThat(storage.has("/a")).isFalse();
    }

    @Test
    void handlesFollowARenamedTree() throws Exception {
        client.makeDirectory("d");
        client.put("d/a", "content of a");
        OpenedFile reader = client.open("d/a", 0);
        OpenedFile writer = client.create("d/b");
        client.write(writer, 0, "b");
        long inode = client.reading().walk("d/a").inode();
        client.rename("d", "e");
        assertThat(client.text(reader, 20)).isEqualTo("content of a");
        client.close(writer);
        assertThat(stored(memory, "/e/b")).isEqualTo("b");
        assertThat(client.reading().walk("e/a").inode()).isEqualTo(inode);
        assertThat(client.exists("d")).isFalse();
    }

    @Test
    void renamesAreRefusedAsPosixSays() throws Exception {
        client.makeDirectory("d");
        client.makeDirectory("d/e");
        client.put("f", "x");
        client.put("g", "y");
        assertThat(errnoOf(() -> client.rename("f", "g", false))).isEqualTo(Errno.EEXIST);
        assertThat(errnoOf(() -> client.rename("f", "d"))).isEqualTo(Errno.EISDIR);
        assertThat(errnoOf(() -> client.rename("d", "f"))).isEqualTo(Errno.ENOTDIR);
        assertThat(errnoOf(() -> client.rename("d", "d/e/x"))).isEqualTo(Errno.EINVAL);
        assertThat(errnoOf(() -> client.rename("nothing", "x"))).isEqualTo(Errno.ENOENT);
        client.makeDirectory("h");
        assertThat(errnoOf(() -> client.rename("h", "d"))).isEqualTo(Errno.ENOTEMPTY);
        client.rename("d", "h");
        assertThat(client.exists("h/e")).isTrue();
        client.rename("f", "f");
        assertThat(client.text("f")).isEqualTo("x");
    }

    @Test
    void linksAreMadeReadAndRemoved() throws Exception {
        Attributes link = client.makeLink("link", "../some where/ü");
        assertThat(link.kind()).isEqualTo(FileKind.SYMLINK);
        assertThat(client.readLink("link")).isEqualTo("../some where/ü");
        assertThat(errnoOf(() -> client.makeLink("link", "x"))).isEqualTo(Errno.EEXIST);
        client.put("file", "x");
        assertThat(errnoOf(() -> client.readLink("file"))).isEqualTo(Errno.EINVAL);
        client.removeFile("link");
        assertThat(client.exists("link")).isFalse();
    }

    @Test
    void aTimeThatAProgramSetsIsTheObjects() throws Exception {
        Instant time = Instant.parse("2020-02-03T04:05:06Z");
        OpenedFile file = client.create("a");
        client.write(file, 0, "x");
        client.touch("a", time);
        assertThat(client.reading().walk("a").modified()).isEqualTo(time);
        client.close(file);
        assertThat(memory.stat(new StoragePath("/a")).modified()).isEqualTo(time);
        Instant later = Instant.parse("2021-02-03T04:05:06Z");
        OpenedFile reader = client.open("a", 0);
        client.touch("a", later);
        assertThat(client.reading().walk("a").modified()).isEqualTo(later);
        assertThat(client.text(reader, 9)).as("the same bytes").isEqualTo("x");
    }

    @Test
    void aTimeThatIsSetAfterTheBytesWereSentDoesNotSendThemAgain() throws Exception {
        Instant time = Instant.parse("2020-02-03T04:05:06Z");
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.flush(file);
        storage.forget();
        client.touch("a", time);
        client.close(file);
        assertThat(storage.calls()).contains("touch /a").noneMatch(call -> call.matches("(put|overwrite) .*"));
        assertThat(memory.stat(new StoragePath("/a")).modified()).isEqualTo(time);
        assertThat(stored(memory, "/a")).isEqualTo("content");
        assertThat(client.reading().walk("a").modified()).isEqualTo(time);
    }

    @Test
    void aTimeAndBytesThatAreChangedAfterASynchronizationAreBothSent() throws Exception {
        Instant time = Instant.parse("2020-02-03T04:05:06Z");
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.flush(file);
        client.write(file, 0, "C");
        client.touch("a", time);
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("Content");
        assertThat(memory.stat(new StoragePath("/a")).modified()).isEqualTo(time);
    }

    @Test
    void aTimeIsNotSetOnWhatSomebodyElsePutThere() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.flush(file);
        Instant theirs = store(memory, "/a", "somebody else's").modified();
        client.touch("a", Instant.parse("2020-02-03T04:05:06Z"));
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.ESTALE);
        assertThat(stored(memory, "/a")).isEqualTo("somebody else's");
        assertThat(memory.stat(new StoragePath("/a")).modified()).isEqualTo(theirs);
    }

    @Test
    void modesAreAcceptedAndNotKeptUnlessConfiguredOtherwise() throws Exception {
        client.put("a", "x");
        client.chmod("a", 0600);
        assertThat(client.reading().walk("a").permissions()).isEqualTo(0644);
        mounted.close();
        mounted = new WritingMounted(storage, WritingMounted.config(directory, 1 << 20, OwnershipChanges.REFUSE));
        client = mounted.client;
        assertThat(errnoOf(() -> client.chmod("a", 0600))).isEqualTo(Errno.EPERM);
        client.chmod("a", 0644);
    }

    @Test
    void writingThroughAHandleThatOnlyReadsFailsWithEbadf() throws Exception {
        client.put("a", "x");
        OpenedFile reader = client.open("a", 0);
        assertThat(errnoOf(() -> client.write(reader, 0, "y"))).isEqualTo(Errno.EBADF);
    }

    @Test
    void aReplacedObjectIsNeverOverwrittenSilently() throws Exception {
        store(memory, "/a", "base");
        OpenedFile writer = client.open("a", O_RDWR);
        client.write(writer, 0, "mine");
        store(memory, "/a", "theirs");
        assertThat(errnoOf(() -> client.flush(writer))).isEqualTo(Errno.ESTALE);
        mounted.mounted.filesystem.release(writer.handle());
        assertThat(stored(memory, "/a")).isEqualTo("theirs");
        assertThat(client.text("a")).isEqualTo("theirs");
        assertThat(mounted.staging.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("/a");
            assertThat(problem.waitsForPerson()).isTrue();
        });
        Path saved = directory.resolve("saved");
        long number = mounted.staging.problems().getFirst().number();
        assertThat(mounted.staging.export(number, saved)).isZero();
        assertThat(saved).hasContent("mine");
        mounted.staging.discard(number);
        assertThat(mounted.staging.status().usedBytes()).isZero();
    }

    @Test
    void aFileMadeElsewhereMeanwhileIsNotOverwritten() throws Exception {
        OpenedFile writer = client.create("a");
        client.write(writer, 0, "mine");
        store(memory, "/a", "theirs");
        assertThat(errnoOf(() -> client.flush(writer))).isEqualTo(Errno.EEXIST);
        assertThat(stored(memory, "/a")).isEqualTo("theirs");
        mounted.mounted.filesystem.release(writer.handle());
    }

    @Test
    void spaceOfAPlaceThatDoesNotTellIsWithoutEnd() throws Exception {
        assertThat(client.reading().statistics().freeBlocks()).isEqualTo((1L << 50) / 4096);
    }

    @Test
    void afterStorageExceptionsNothingIsBelieved() throws Exception {
        client.put("a", "x");
        storage.failNext("delete", Reason.TIMEOUT);
        assertThat(errnoOf(() -> client.removeFile("a"))).isEqualTo(Errno.EIO);
        memory.deleteObject(new StoragePath("/a"));
        assertThat(client.exists("a")).isFalse();
    }

    static StorageException failure(Reason reason) {
        return new StorageException(reason, "test", "/", "planned");
    }
}
