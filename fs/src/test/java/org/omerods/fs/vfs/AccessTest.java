package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.Access;
import org.omerods.storage.Entry;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.memory.MemoryStorage;

/** A program that may not write is told so when it opens the file, not when its bytes are uploaded. */
final class AccessTest {
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;

    @TempDir
    private Path directory;

    private final MemoryStorage memory = new MemoryStorage();
    private final Map<String, Access> rights = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private WritingMounted mounted;

    @BeforeEach
    void mount() throws Exception {
        WritingMounted.store(memory, "/a", "bytes");
        mounted = new WritingMounted(
                new ForwardingStorage(memory) {
                    @Override
                    public Access access(Entry entry) {
                        asked.add(entry.path().value());
                        return rights.getOrDefault(entry.path().value(), Access.OWN);
                    }
                },
                directory);
    }

    @AfterEach
    void close() {
        mounted.close();
    }

    private static Errno errnoOf(ThrowingCallable call) {
        return catchThrowableOfType(Answer.Failed.class, call).errno;
    }

    @Test
    void openingWhatMayOnlyBeReadForWritingFailsWithEacces() throws Exception {
        rights.put("/a", Access.READ);
        for (int flags : new int[] {O_WRONLY, O_RDWR}) {
            assertThat(errnoOf(() -> mounted.client.open("a", flags))).isEqualTo(Errno.EACCES);
        }
        assertThat(mounted.client.text("a")).isEqualTo("bytes");
        assertThat(mounted.staging.status().files()).isZero();
    }

    @Test
    void creatingWhereOneMayOnlyReadFailsWithEacces() throws Exception {
        rights.put("/", Access.READ);
        mounted.client.reading().attributes(Filesystem.ROOT_INODE);
        assertThat(errnoOf(() -> mounted.client.create("new"))).isEqualTo(Errno.EACCES);
        assertThat(mounted.staging.status().files()).isZero();
    }

    @Test
    void aPlaceThatDoesNotTellIsTried() throws Exception {
        rights.put("/a", Access.UNKNOWN);
        mounted.client.put("a", "other");
        assertThat(WritingMounted.stored(memory, "/a")).isEqualTo("other");
    }

    @Test
    void manyFilesInADirectoryAreOneQuestion() throws Exception {
        mounted.client.reading().attributes(Filesystem.ROOT_INODE);
        for (int i = 0; i < 20; i++) {
            mounted.client.put("file" + i, "x");
        }
        assertThat(asked).filteredOn(path -> path.equals("/")).hasSizeLessThanOrEqualTo(1);
    }
}
