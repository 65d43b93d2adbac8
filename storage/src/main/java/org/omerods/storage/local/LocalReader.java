package org.omerods.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** Reads an open file; positional reads need no lock. */
record LocalReader(LocalStorage storage, DataObject object, FileChannel channel) implements ObjectReader {
    @Override
    public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
        if (offset < 0 || offset + target.remaining() > object.size()) {
            throw new StorageException(
                    Reason.INVALID,
                    "read",
                    object.path().value(),
                    target.remaining() + " bytes at " + offset + " lie outside its " + object.size() + " bytes");
        }
        LocalErrors.run("read", object.path(), () -> {
            long position = offset;
            while (target.hasRemaining()) {
                int count = channel.read(target, position);
                if (count < 0) {
                    throw new StorageException(
                            Reason.STALE, "read", object.path().value(), "was shortened to " + position + " bytes");
                }
                position += count;
            }
            return position;
        });
    }

    @Override
    public void verifyVersion() throws StorageException {
        Entry now = storage.stat(object.path());
        if (!(now instanceof DataObject file) || !file.version().equals(object.version())) {
            throw new StorageException(Reason.STALE, "verify", object.path().value(), "was changed on disk");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // a file open for reading has nothing to lose
        }
    }
}
