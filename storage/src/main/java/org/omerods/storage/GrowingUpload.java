package org.omerods.storage;

import java.nio.ByteBuffer;

/**
 * Brings a new data object into the place while its content is still being written. Nobody sees a good object before
 * {@link #finish}. Not for several threads at once.
 */
public interface GrowingUpload extends AutoCloseable {

    /** Sends all remaining bytes of {@code bytes}, which belong at {@code offset}; what is sent again replaces what was. */
    void send(long offset, ByteBuffer bytes) throws StorageException;

    /**
     * Makes the object good, and returns it.
     *
     * @param content what was sent, all of it: compared with what the place has
     * @throws StorageException CORRUPT when that is something else, which is no good object then
     */
    DataObject finish(Content content) throws StorageException;

    /** Without a finish: gives it up. The object is gone then, or not good. Never throws. */
    @Override
    void close();
}
