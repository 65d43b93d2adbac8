package org.omerods.fs.vfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** A filesystem that can be written to, over a storage. */
final class WritingMounted implements AutoCloseable {
    final Mounted mounted;
    final WritingClient client;
    final Staging staging;

    WritingMounted(Storage storage, FilesystemConfig config) throws IOException {
        mounted = new Mounted(storage, config);
        client = new WritingClient(mounted.filesystem);
        staging = mounted.filesystem.staging().orElseThrow();
    }

    WritingMounted(Storage storage, Path directory) throws IOException {
        this(storage, config(directory));
    }

    static FilesystemConfig config(Path directory) {
        return config(directory, StagingConfig.DEFAULT_MAX_BYTES);
    }

    static FilesystemConfig config(Path directory, long maxStagedBytes) {
        return config(directory, maxStagedBytes, OwnershipChanges.ACCEPT);
    }

    /** New files are sent while they are written, from {@code earlyBytes} on. */
    static FilesystemConfig withEarlyUploads(Path directory, long earlyBytes) {
        return config(directory, StagingConfig.DEFAULT_MAX_BYTES, OwnershipChanges.ACCEPT, earlyBytes);
    }

    static FilesystemConfig config(Path directory, long maxStagedBytes, OwnershipChanges ownership) {
        return config(directory, maxStagedBytes, ownership, StagingConfig.DEFAULT_EARLY_BYTES);
    }

    private static FilesystemConfig config(
            Path directory, long maxStagedBytes, OwnershipChanges ownership, long earlyBytes) {
        StagingConfig staging = StagingConfig.in(directory.resolve("staging"), "memory:/")
                .withMaxBytes(maxStagedBytes)
                .withEarlyBytes(earlyBytes)
                .withWaits(Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(200));
        FilesystemConfig reading = Mounted.config(directory.resolve("blocks"));
        return new FilesystemConfig(
                        reading.metadata(),
                        reading.blocks(),
                        reading.prefetch(),
                        new PresentationConfig(1001, 1002, 0644, 0755))
                .withWriting(new WritingConfig(staging, ownership));
    }

    /** What the storage has at a path. */
    static String stored(Storage storage, String path) throws StorageException {
        DataObject object = (DataObject) storage.stat(new StoragePath(path));
        byte[] bytes = new byte[(int) object.size()];
        try (ObjectReader reader = storage.open(object)) {
            reader.read(0, java.nio.ByteBuffer.wrap(bytes), ObjectReader.Priority.DEMAND);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Somebody else's upload. */
    static DataObject store(Storage storage, String path, String text) throws StorageException {
        return storage.put(new StoragePath(path), WriteMode.REPLACE, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        mounted.close();
    }
}
