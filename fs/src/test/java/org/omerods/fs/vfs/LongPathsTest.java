package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omerods.fs.vfs.WritingClient.O_RDWR;
import static org.omerods.fs.vfs.WritingMounted.store;
import static org.omerods.fs.vfs.WritingMounted.stored;
import static org.omerods.fs.vfs.WritingTest.errnoOf;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException.Reason;

/** A storage that ends at paths of 40 bytes. */
class LongPathsTest extends WritingFixture {
    private static final String DIRECTORY = "d".repeat(20);

    /** 40 bytes with the two slashes. */
    private static final String LONGEST = DIRECTORY + "/" + "\u00fc".repeat(9);

    private static final String TOO_LONG = LONGEST + "x";

    @BeforeEach
    void limit() throws Exception {
        storage.limitPaths(40);
        client.makeDirectory(DIRECTORY);
        client.put("source", "content");
    }

    @Test
    void whatIsMadeAtTheLongestPathIsKept() throws Exception {
        client.put(LONGEST, "x");
        assertThat(stored(memory, "/" + LONGEST)).isEqualTo("x");
        client.rename("source", LONGEST);
        assertThat(stored(memory, "/" + LONGEST)).isEqualTo("content");
    }

    @Test
    void aPathThatTheStorageDoesNotKeepIsEnametoolongAtOnce() throws Exception {
        assertThat(client.exists(TOO_LONG)).isFalse();
        storage.forget();
        assertThat(errnoOf(() -> client.create(TOO_LONG))).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(errnoOf(() -> client.makeDirectory(TOO_LONG))).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(errnoOf(() -> client.makeLink(TOO_LONG, "target"))).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(errnoOf(() -> client.rename("source", TOO_LONG))).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(storage.calls()).isEmpty();
        assertThat(mounted.staging.status().files()).isZero();
        assertThat(stored(memory, "/source")).isEqualTo("content");
    }

    @Test
    void whatIsBeingWrittenInATreeIsNotMovedWhereItCannotBeUploaded() throws Exception {
        OpenedFile file = client.create(LONGEST);
        client.write(file, 0, "x");
        assertThat(errnoOf(() -> client.rename(DIRECTORY, DIRECTORY + "e"))).isEqualTo(Errno.ENAMETOOLONG);
        client.close(file);
        assertThat(stored(memory, "/" + LONGEST)).isEqualTo("x");
    }

    @Test
    void whatLiesAtALongerPathIsReadAndWritten() throws Exception {
        String theirs = "t".repeat(45);
        store(memory, "/" + theirs, "theirs");
        OpenedFile file = client.create(theirs, O_RDWR).file();
        client.write(file, 0, "mine");
        client.close(file);
        assertThat(stored(memory, "/" + theirs)).isEqualTo("miners");
    }

    @Test
    void whatTheStorageCallsTooLongIsEnametoolong() throws Exception {
        storage.failNext("stat", Reason.NAME_TOO_LONG);
        assertThat(errnoOf(() -> client.reading().walk("other"))).isEqualTo(Errno.ENAMETOOLONG);
        storage.failNext("rename", Reason.NAME_TOO_LONG);
        assertThat(errnoOf(() -> client.rename("source", "other"))).isEqualTo(Errno.ENAMETOOLONG);
    }
}
