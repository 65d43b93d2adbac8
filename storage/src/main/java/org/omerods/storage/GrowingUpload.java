package org.omerods.storage;

/**
 * Brings a new data object into the place while its content is still being written. Nobody sees a good object before
 * {@link #finish}. Not for several threads at once.
 */
public interface GrowingUpload extends AutoCloseable {

    /**
     * Sends bytes of {@code content} to the same place; what is sent again replaces what was. They may be read after this
     * returned, on another thread, until {@link #finish} or {@link #close} has: what changes meanwhile is to be sent again.
     */
    void send(long offset, int length, Content content) throws StorageException;

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
