package org.omerods.storage;

import java.nio.ByteBuffer;

/** Writes one new version of a data object. Not for several threads at once. */
public interface ObjectWriter extends AutoCloseable {

    /** Writes all remaining bytes of {@code source} at {@code offset}; gaps read as zeros. */
    void write(long offset, ByteBuffer source) throws StorageException;

    /** Makes what was written the good version, and returns it. Only now is it durable. */
    DataObject commit() throws StorageException;

    /** Without a commit: gives the write up. What the place then shows is not good, or is gone. Never throws. */
    @Override
    void close();
}
