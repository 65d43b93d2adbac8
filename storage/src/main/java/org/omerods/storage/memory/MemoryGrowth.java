package org.omerods.storage.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Collects bytes and puts them in place at the end, if they are what they should be. */
final class MemoryGrowth implements GrowingUpload {
    private final MemoryStorage storage;
    private final StoragePath path;
    private final Optional<ObjectVersion> present;
    private final MemoryWriter sent;

    MemoryGrowth(MemoryStorage storage, StoragePath path, Optional<ObjectVersion> present) {
        this.storage = storage;
        this.path = path;
        this.present = present;
        this.sent = new MemoryWriter(storage, path);
    }

    @Override
    public void send(long offset, int length, Content content) throws StorageException {
        sent.write(offset, ByteBuffer.wrap(MemoryContent.bytesOf(path, content, offset, length)));
    }

    @Override
    public DataObject finish(Content content) throws StorageException {
        byte[] bytes = sent.bytes();
        if (!Arrays.equals(MemoryContent.bytesOf(path, content), bytes)) {
            throw new StorageException(Reason.CORRUPT, "write", path.value(), "what was sent is not the content");
        }
        return present.isPresent()
                ? storage.overwrite(path, present.get(), Content.of(bytes))
                : storage.put(path, WriteMode.CREATE, Content.of(bytes));
    }

    @Override
    public void close() {
        sent.close();
    }
}
