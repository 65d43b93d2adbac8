package org.omerods.storage.memory;

import java.nio.ByteBuffer;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;

/** Reads the bytes that were there at open: they are never changed in place, so that only verification can be stale. */
final class MemoryReader implements ObjectReader {
    private final MemoryStorage storage;
    private final DataObject object;
    private final byte[] bytes;

    MemoryReader(MemoryStorage storage, DataObject object, byte[] bytes) {
        this.storage = storage;
        this.object = object;
        this.bytes = bytes;
    }

    @Override
    public DataObject object() {
        return object;
    }

    @Override
    public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
        if (offset < 0 || offset + target.remaining() > bytes.length) {
            throw new StorageException(
                    StorageException.Reason.INVALID,
                    "read",
                    object.path().value(),
                    target.remaining() + " bytes at " + offset + " lie outside its " + bytes.length + " bytes");
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public void verifyVersion() throws StorageException {
        storage.bytesOf("verify", object);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
