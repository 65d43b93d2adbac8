package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.WritingClient.O_EXCL;
import static org.omerods.fs.vfs.WritingClient.O_RDWR;
import static org.omerods.fs.vfs.WritingMounted.store;
import static org.omerods.fs.vfs.WritingMounted.stored;
import static org.omerods.fs.vfs.WritingTest.errnoOf;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** {@code mount.ownership keep}: what chmod(2), create(2) and mkdir(2) say of a file or directory stays. */
class KeptPermissionsTest extends WritingFixture {
    private static final int X_OK = 1;

    @Override
    FilesystemConfig config() {
        return config(OwnershipChanges.KEEP);
    }

    private FilesystemConfig config(OwnershipChanges ownership) {
        return WritingMounted.config(directory, StagingConfig.DEFAULT_MAX_BYTES, ownership);
    }

    private void remount(OwnershipChanges ownership) throws Exception {
        mounted.close();
        mount(config(ownership));
    }

    private int shown(String path) throws Failed {
        return client.reading().walk(path).permissions();
    }

    private OptionalInt kept(String path) throws StorageException {
        return ((DataObject) memory.stat(new StoragePath(path))).permissions();
    }

    private int calls(String operation) {
        return (int) storage.calls().stream()
                .filter(call -> call.startsWith(operation + " "))
                .count();
    }

    @Test
    void aModeIsKeptAndShownInListingsAndAfterARemount() throws Exception {
        client.put("a", "x");
        client.chmod("a", 0755);
        assertThat(shown("a")).isEqualTo(0755);
        assertThat(kept("/a")).hasValue(0755);
        remount(OwnershipChanges.KEEP);
        storage.forget();
        assertThat(client.reading().list(Filesystem.ROOT_INODE, 100, true))
                .filteredOn(entry -> entry.name().equals("a"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attributes().permissions()).isEqualTo(0755));
        assertThat(storage.calls()).containsExactly("list /");
        client.chmod("a", 0644);
        assertThat(shown("a")).isEqualTo(0644);
        assertThat(kept("/a")).as("what all files have").isEmpty();
    }

    @Test
    void ofAModeTheNineBitsAreKept() throws Exception {
        client.put("a", "x");
        client.chmod("a", 06711);
        assertThat(shown("a")).isEqualTo(0711);
        client.chmod("a", 0);
        assertThat(shown("a")).isZero();
    }

    @Test
    void aModeOfAFileThatIsBeingWrittenIsShownAtOnceAndKeptWithItsUpload() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.chmod("a", 0700);
        assertThat(shown("a")).isEqualTo(0700);
        assertThat(calls("setPermissions")).isZero();
        client.rename("a", "b");
        assertThat(shown("b")).isEqualTo(0700);
        client.close(file);
        assertThat(kept("/b")).hasValue(0700);
        assertThat(shown("b")).isEqualTo(0700);
    }

    @Test
    void itStaysWhenTheFileIsOverwrittenOrRenamed() throws Exception {
        client.put("a", "x");
        client.chmod("a", 0755);
        client.put("a", "other bytes");
        assertThat(shown("a")).isEqualTo(0755);
        OpenedFile file = client.open("a", O_RDWR);
        client.chmod("a", 0711);
        client.write(file, 0, "O");
        assertThat(shown("a")).as("changed since it was opened").isEqualTo(0711);
        client.rename("a", "b");
        client.close(file);
        assertThat(shown("b")).isEqualTo(0711);
        assertThat(kept("/b")).hasValue(0711);
        assertThat(stored(memory, "/b")).isEqualTo("Other bytes");
        assertThat(calls("setPermissions")).isEqualTo(2);
    }

    @Test
    void theModeOfANewFileIsKeptWhereOthersHaveAnother() throws Exception {
        client.close(client.create("program", O_RDWR | O_EXCL, 0755).file());
        client.close(client.create("text", O_RDWR | O_EXCL, 0644).file());
        assertThat(kept("/program")).hasValue(0755);
        assertThat(shown("program")).isEqualTo(0755);
        assertThat(calls("setPermissions")).isEqualTo(1);
        client.close(client.create("program", O_RDWR, 0600).file());
        assertThat(shown("program")).as("it was there").isEqualTo(0755);
    }

    @Test
    void aModeThatAFileHasAlreadyIsNoRequest() throws Exception {
        OpenedFile file = client.create("a", O_RDWR | O_EXCL, 0600).file();
        client.write(file, 0, "content");
        client.chmod("a", 0600);
        client.flush(file);
        client.chmod("a", 0600);
        client.close(file);
        assertThat(calls("setPermissions")).isEqualTo(1);
        assertThat(calls("put")).isEqualTo(1);
    }

    @Test
    void aModeThatIsSetAfterTheBytesWereSentDoesNotSendThemAgain() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.flush(file);
        client.chmod("a", 0755);
        client.close(file);
        assertThat(kept("/a")).hasValue(0755);
        assertThat(calls("put") + calls("overwrite")).isEqualTo(1);
    }

    @Test
    void aModeThatTheStorageRefusesFailsTheChmodAndCostsNoBytes() throws Exception {
        client.put("a", "x");
        storage.failNext("setPermissions", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.chmod("a", 0755))).isEqualTo(Errno.EACCES);
        assertThat(shown("a")).isEqualTo(0644);
        OpenedFile file = client.create("b");
        client.write(file, 0, "content");
        client.chmod("b", 0755);
        storage.failNext("setPermissions", Reason.ACCESS_DENIED);
        client.close(file);
        assertThat(stored(memory, "/b")).isEqualTo("content");
        assertThat(shown("b")).isEqualTo(0644);
    }

    @Test
    void aModeThatCannotBeSentIsToldAndSentLater() throws Exception {
        OpenedFile file = client.create("a");
        client.write(file, 0, "content");
        client.chmod("a", 0755);
        storage.failNext("setPermissions", Reason.UNAVAILABLE);
        storage.failNext("setPermissions", Reason.TIMEOUT);
        assertThat(errnoOf(() -> client.close(file))).isEqualTo(Errno.EIO);
        assertThat(shown("a")).isEqualTo(0755);
        await().until(() -> mounted.staging.status().files() == 0);
        assertThat(kept("/a")).hasValue(0755);
        assertThat(stored(memory, "/a")).isEqualTo("content");
        assertThat(mounted.staging.problems()).isEmpty();
    }

    @Test
    void whatWasNotSentWhenTheMountEndedIsSentByTheNext() throws Exception {
        store(memory, "/old", "before");
        memory.setPermissions(new StoragePath("/old"), OptionalInt.of(0711));
        OpenedFile made = client.create("new", O_RDWR | O_EXCL, 0700).file();
        client.write(made, 0, "content");
        OpenedFile changed = client.open("old", O_RDWR);
        client.write(changed, 0, "B");
        client.flush(changed);
        client.chmod("old", 0750);
        for (int i = 0; i < 100; i++) {
            storage.failNext("put", Reason.UNAVAILABLE);
            storage.failNext("setPermissions", Reason.UNAVAILABLE);
        }
        assertThat(errnoOf(() -> client.close(made))).isEqualTo(Errno.EIO);
        assertThat(errnoOf(() -> client.close(changed))).isEqualTo(Errno.EIO);
        mounted.close();
        assertThat(kept("/old")).hasValue(0711);
        mount(config());
        assertThat(shown("new")).isEqualTo(0700);
        assertThat(shown("old")).isEqualTo(0750);
        storage.heal();
        await().until(() -> mounted.staging.status().files() == 0);
        assertThat(kept("/new")).hasValue(0700);
        assertThat(kept("/old")).hasValue(0750);
        assertThat(shown("old")).isEqualTo(0750);
        assertThat(stored(memory, "/old")).isEqualTo("Before");
    }

    @Test
    void aModeSaysWhetherAFileIsAProgram() throws Exception {
        client.put("a", "x");
        long inode = client.reading().walk("a").inode();
        assertThat(errnoOf(() -> client.reading().access(inode, X_OK))).isEqualTo(Errno.EACCES);
        client.chmod("a", 0755);
        assertThat(client.reading().access(inode, X_OK)).isEqualTo(Done.DONE);
    }

    private OptionalInt keptOfDirectory(String path) throws StorageException {
        return ((Collection) memory.stat(new StoragePath(path))).permissions();
    }

    @Test
    void theModeOfADirectoryIsKeptAndShownInListingsAndAfterARemount() throws Exception {
        client.makeDirectory("d");
        client.makeDirectory("private", 0700);
        assertThat(calls("setPermissions")).isEqualTo(1);
        assertThat(shown("private")).isEqualTo(0700);
        client.chmod("d", 02750);
        assertThat(shown("d")).as("without the bit beyond").isEqualTo(0750);
        client.rename("d", "private/e");
        assertThat(keptOfDirectory("/private/e")).hasValue(0750);
        remount(OwnershipChanges.KEEP);
        storage.forget();
        assertThat(client.reading().list(Filesystem.ROOT_INODE, 100, true))
                .filteredOn(entry -> entry.name().equals("private"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attributes().permissions()).isEqualTo(0700));
        assertThat(storage.calls()).containsExactly("list /");
        assertThat(shown("private/e")).isEqualTo(0750);
        client.chmod("private/e", 0755);
        assertThat(keptOfDirectory("/private/e")).as("what all have").isEmpty();
        assertThat(shown("private/e")).isEqualTo(0755);
    }

    @Test
    void aModeOfADirectoryThatTheStorageRefusesFailsTheChmodAndNoMkdir() throws Exception {
        client.makeDirectory("d");
        storage.failNext("setPermissions", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.chmod("d", 0700))).isEqualTo(Errno.EACCES);
        assertThat(shown("d")).isEqualTo(0755);
        storage.failNext("setPermissions", Reason.UNAVAILABLE);
        assertThat(client.makeDirectory("e", 0700).permissions()).isEqualTo(0755);
        assertThat(shown("e")).isEqualTo(0755);
        assertThat(keptOfDirectory("/e")).isEmpty();
    }

    @Test
    void aDirectoryThatIsNotReplacedAfterAllHasItsModeAgain() throws Exception {
        client.makeDirectory("from");
        client.makeDirectory("to", 0700);
        storage.failNext("rename", Reason.ACCESS_DENIED);
        assertThat(errnoOf(() -> client.rename("from", "to"))).isEqualTo(Errno.EACCES);
        assertThat(shown("to")).isEqualTo(0700);
    }

    @Test
    void withoutTheSettingNoModeIsSent() throws Exception {
        remount(OwnershipChanges.ACCEPT);
        client.close(client.create("a", O_RDWR | O_EXCL, 0755).file());
        client.chmod("a", 0755);
        client.makeDirectory("d", 0700);
        client.chmod("d", 0711);
        assertThat(shown("a")).isEqualTo(0644);
        assertThat(shown("d")).isEqualTo(0755);
        assertThat(calls("setPermissions")).isZero();
    }

    @Test
    void aMountThatOnlyReadsShowsThemWithoutTheBitsToWrite() throws Exception {
        client.put("a", "x");
        client.chmod("a", 0755);
        client.put("b", "x");
        client.makeDirectory("d", 0711);
        FilesystemConfig plain = Mounted.config(directory.resolve("other"));
        FilesystemConfig config = new FilesystemConfig(
                plain.metadata(), plain.blocks(), plain.prefetch(), new PresentationConfig(1001, 1002, 0664, 0775));
        try (Mounted reading = new Mounted(memory, config)) {
            assertThat(reading.client.walk("a").permissions()).isEqualTo(0555);
            assertThat(reading.client.walk("d").permissions()).isEqualTo(0511);
            assertThat(reading.client.walk("b").permissions())
                    .as("as configured")
                    .isEqualTo(0664);
        }
    }
}
