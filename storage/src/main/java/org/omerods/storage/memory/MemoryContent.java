package org.omerods.storage.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** What becomes of bytes and times that are handed to a place in memory. */
final class MemoryContent {
    private MemoryContent() {}

    /** All bytes, read before anything is changed. */
    static byte[] bytesOf(StoragePath path, Content content) throws StorageException {
        if (content.size() > Integer.MAX_VALUE - 8) {
            throw new StorageException(
                    Reason.NO_SPACE, "write", path.value(), "memory cannot hold an object of " + content.size());
        }
        return bytesOf(path, content, 0, (int) content.size());
    }

    /** Some of the bytes. */
    static byte[] bytesOf(StoragePath path, Content content, long offset, int length) throws StorageException {
        byte[] bytes = new byte[length];
        try {
            content.readFully(offset, ByteBuffer.wrap(bytes));
            return bytes;
        } catch (IOException e) {
            throw new StorageException(
                    Reason.UNAVAILABLE, "write", path.value(), "its content cannot be read: " + e.getMessage(), e);
        }
    }

    static Entry touched(Entry entry, Instant modified) {
        return switch (entry) {
            case Collection c -> new Collection(c.path(), c.id(), c.owner(), c.created(), modified, c.permissions());
            case DataObject o -> touched(o, modified);
            case SymbolicLink l -> new SymbolicLink(touched(l.object(), modified), l.target());
        };
    }

    private static DataObject touched(DataObject object, Instant modified) {
        ObjectVersion old = object.version();
        ObjectVersion version = new ObjectVersion(old.id(), old.replica(), old.size(), modified, old.checksum());
        return new DataObject(
                object.path(),
                version,
                object.state(),
                object.resource(),
                object.replicaCount(),
                object.owner(),
                object.created(),
                object.permissions());
    }
}
