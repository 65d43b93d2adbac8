package org.omerods.fs.staging;

import java.nio.ByteBuffer;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;

/** Where the bytes come from that a staged file was begun with and that nobody has written since. Thread-safe. */
@FunctionalInterface
public interface BaseContents {
    /** Never blocks. */
    Base open(DataObject version);

    /** The bytes of one version. Thread-safe. */
    interface Base extends AutoCloseable {
        /**
         * Fills {@code target} from {@code offset}.
         *
         * @throws StorageException STALE when the object is another version by now
         */
        void read(long offset, ByteBuffer target) throws StorageException;

        @Override
        void close();
    }
}
