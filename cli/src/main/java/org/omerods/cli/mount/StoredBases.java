package org.omerods.cli.mount;

import java.nio.ByteBuffer;
import org.omerods.fs.staging.BaseContents;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/** What was never changed of a staged file, read from the storage itself: there is no cache without a mount. Thread-safe. */
record StoredBases(Storage storage) implements BaseContents {
    @Override
    public Base open(DataObject version) {
        return new Base() {
            @Override
            public void read(long offset, ByteBuffer target) throws StorageException {
                try (ObjectReader reader = storage.open(version)) {
                    reader.read(offset, target, ObjectReader.Priority.DEMAND);
                }
            }

            @Override
            public void close() {
                // a reader for each read: they are few and large
            }
        };
    }
}
