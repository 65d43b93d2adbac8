package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.WritingMounted.stored;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Large new files are sent while they are written. */
class EarlyUploadTest extends WritingFixture {
    private static final int EARLY_BYTES = 10_000;
    private static final String PART = "0123456789".repeat(EARLY_BYTES / 10);

    @Override
    FilesystemConfig config() {
        return WritingMounted.withEarlyUploads(directory, EARLY_BYTES);
    }

    /** A file of three parts, of which two were sent. */
    private OpenedFile begun(String path) throws Exception {
        OpenedFile file = client.create(path);
        for (int i = 0; i < 3; i++) {
            client.write(file, (long) i * EARLY_BYTES, PART);
        }
        await().until(() -> count("send " + "/" + path) == 3);
        return file;
    }

    private long count(String call) {
        return storage.calls().stream().filter(call::equals).count();
    }

    @Test
    void aLargeNewFileIsSentWhileItIsWrittenAndGoodWhenItIsClosed() throws Exception {
        OpenedFile file = begun("a");
        assertThat(storage.has("/a")).isFalse();
        client.write(file, 3L * EARLY_BYTES, "the end");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(3) + "the end");
        assertThat(storage.calls()).contains("finish /a").doesNotContain("put /a");
    }

    @Test
    void whatIsWrittenAgainAfterItWasSentIsSentAgain() throws Exception {
        OpenedFile file = begun("a");
        client.write(file, 5, "head");
        client.write(file, EARLY_BYTES - 2L, "seam");
        client.close(file);
        assertThat(stored(memory, "/a"))
                .isEqualTo(new StringBuilder(PART.repeat(3))
                        .replace(5, 9, "head")
                        .replace(EARLY_BYTES - 2, EARLY_BYTES + 2, "seam")
                        .toString());
        assertThat(storage.calls()).contains("finish /a").doesNotContain("put /a");
    }

    /** As the redirections of a shell, and dd, do. */
    @Test
    void aFileThatIsClosedOnceBeforeItsFirstByteIsSentEarlyToo() throws Exception {
        OpenedFile file = client.create("a");
        client.flush(file);
        assertThat(stored(memory, "/a")).isEmpty();
        for (int i = 0; i < 3; i++) {
            client.write(file, (long) i * EARLY_BYTES, PART);
        }
        await().until(() -> count("send /a") == 3);
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(3));
        assertThat(storage.calls()).contains("finish /a").doesNotContain("overwrite /a");
    }

    @Test
    void afterAnFsyncTheObjectIsOverwritten() throws Exception {
        OpenedFile file = begun("a");
        client.synchronize(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(3));
        client.write(file, 0, "x");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("x" + PART.repeat(3).substring(1));
    }

    @Test
    void aFileThatIsRenamedIsUploadedUnderItsNewName() throws Exception {
        OpenedFile file = begun("a");
        client.rename("a", "b");
        client.write(file, 3L * EARLY_BYTES, "the end");
        client.close(file);
        assertThat(stored(memory, "/b")).isEqualTo(PART.repeat(3) + "the end");
        assertThat(storage.has("/a")).isFalse();
    }

    @Test
    void aFileWhoseNameIsRemovedLeavesNothing() throws Exception {
        OpenedFile file = begun("a");
        client.removeFile("a");
        client.write(file, 3L * EARLY_BYTES, PART);
        client.close(file);
        assertThat(memory.list(StoragePath.ROOT).entries()).isEmpty();
    }

    @Test
    void aFileThatBecomesShorterThanWhatWasSentIsUploadedAnew() throws Exception {
        OpenedFile file = begun("a");
        client.truncate(file, "a", 7);
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo("0123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grow", "send", "finish"})
    void whatFailsIsDoneAgainAtTheClose(String operation) throws Exception {
        storage.failNext(operation, Reason.UNAVAILABLE);
        OpenedFile file = client.create("a");
        client.write(file, 0, PART);
        await().until(() -> count("grow /a") == 1);
        client.write(file, EARLY_BYTES, PART);
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(2));
        assertThat(storage.calls()).contains("put /a");
    }

    @Test
    void aWriterWhoRestsLocksNothing() throws Exception {
        OpenedFile file = begun("a");
        await().atMost(Duration.ofSeconds(20)).until(() -> count("give up /a") == 1);
        client.write(file, 3L * EARLY_BYTES, "the end");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(3) + "the end");
        assertThat(storage.calls()).contains("put /a");
    }

    @Test
    void anEndWhoseAnswerIsLostIsNoConflict() throws Exception {
        storage.loseAnswer("finish", Reason.UNAVAILABLE);
        OpenedFile file = begun("a");
        client.close(file);
        assertThat(stored(memory, "/a")).isEqualTo(PART.repeat(3));
    }
}
