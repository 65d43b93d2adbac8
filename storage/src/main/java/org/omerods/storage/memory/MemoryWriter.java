package org.omerods.storage.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Collects bytes and puts them in place at commit. */
final class MemoryWriter implements ObjectWriter {
    private final MemoryStorage storage;
    private final StoragePath path;
    private byte[] bytes = new byte[0];

    MemoryWriter(MemoryStorage storage, StoragePath path) {
        this.storage = storage;
        this.path = path;
    }

    @Override
    public void write(long offset, ByteBuffer source) throws StorageException {
        long end = offset + source.remaining();
        if (offset < 0 || end > Integer.MAX_VALUE - 8) {
            throw new StorageException(
                    Reason.NO_SPACE, "write", path.value(), "memory cannot hold " + end + " bytes of one object");
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) end);
        }
        source.get(bytes, (int) offset, source.remaining());
    }

    /** What was written so far. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public DataObject commit() throws StorageException {
        return storage.put(path, bytes.clone());
    }

    @Override
    public void close() {
        bytes = new byte[0];
    }
}
