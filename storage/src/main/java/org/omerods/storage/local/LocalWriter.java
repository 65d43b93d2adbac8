package org.omerods.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Writes beside the target; commit syncs and then links or renames, so that a half-written file is never seen. */
final class LocalWriter implements ObjectWriter {
    static final String PART_PREFIX = ".omerods-part-";

    private final LocalStorage storage;
    private final StoragePath path;
    private final Path target;
    private final Path part;
    private final WriteMode mode;
    private final FileChannel channel;

    private LocalWriter(
            LocalStorage storage, StoragePath path, Path target, Path part, WriteMode mode, FileChannel channel) {
        this.storage = storage;
        this.path = path;
        this.target = target;
        this.part = part;
        this.mode = mode;
        this.channel = channel;
    }

    static LocalWriter open(LocalStorage storage, StoragePath path, Path target, WriteMode mode) throws IOException {
        Path part = target.resolveSibling(PART_PREFIX + UUID.randomUUID());
        FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new LocalWriter(storage, path, target, part, mode, channel);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws StorageException {
        LocalErrors.run("write", path, () -> {
            long position = offset;
            while (source.hasRemaining()) {
                position += channel.write(source, position);
            }
            return position;
        });
    }

    @Override
    public DataObject commit() throws StorageException {
        LocalErrors.run("commit", path, () -> {
            channel.force(true);
            channel.close();
            return switch (mode) {
                // link(2) fails where a name exists, rename(2) replaces: both at once
                case CREATE -> Files.createLink(target, part);
                case REPLACE -> Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            };
        });
        close();
        if (storage.stat(path) instanceof DataObject object) {
            return object;
        }
        throw new StorageException(Reason.STALE, "commit", path.value(), "was replaced by a directory meanwhile");
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // a part file that stays is invisible through this place, and its name says what it is
        }
    }
}
