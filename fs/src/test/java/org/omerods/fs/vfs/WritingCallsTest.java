package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.memory.MemoryStorage;

/** What writing costs the storage. */
class WritingCallsTest {
    @TempDir
    Path directory;

    private final MemoryStorage memory = new MemoryStorage();
    private final CountingStorage storage = new CountingStorage(memory);
    private WritingMounted mounted;
    private WritingClient client;

    @BeforeEach
    void mount() throws Exception {
        mounted = new WritingMounted(storage, directory);
        client = mounted.client;
    }

    @AfterEach
    void unmount() {
        mounted.close();
    }

    @Test
    void theStorageIsAskedOnceForASmallFile() throws Exception {
        client.put("warm", "x");
        storage.forget();
        client.put("a", "x");
        assertThat(storage.calls()).containsExactly("stat /a", "put /a");
    }

    @Test
    void nothingIsAskedForAFileInADirectoryThatWasMadeHere() throws Exception {
        client.makeDirectory("d");
        client.put("d/first", "x");
        storage.forget();
        client.put("d/a", "x");
        client.makeDirectory("d/e");
        client.put("d/e/b", "x");
        assertThat(storage.calls()).containsExactly("put /d/a", "mkdir /d/e", "stat /d/e", "put /d/e/b");
    }
}
