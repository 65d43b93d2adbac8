package org.omerods.fs.vfs;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.memory.MemoryStorage;

/** A filesystem that can be written to for each test, over a storage in memory whose calls are counted. */
abstract class WritingFixture {
    @TempDir
    Path directory;

    final MemoryStorage memory = new MemoryStorage();
    final CountingStorage storage = new CountingStorage(memory);
    WritingMounted mounted;
    WritingClient client;

    @BeforeEach
    void mount() throws Exception {
        mount(config());
    }

    /** Of the first mount of a test. */
    FilesystemConfig config() {
        return WritingMounted.config(directory);
    }

    final void mount(FilesystemConfig config) throws Exception {
        mounted = new WritingMounted(storage, config);
        client = mounted.client;
    }

    @AfterEach
    void unmount() {
        storage.letGo();
        mounted.close();
    }
}
