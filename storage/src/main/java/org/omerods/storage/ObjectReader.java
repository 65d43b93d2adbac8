package org.omerods.storage;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads one version of one data object, from any number of threads at once: implementations put concurrent reads on the
 * wire together. A reader outlives broken connections.
 */
public interface ObjectReader extends AutoCloseable {

    /** The object as it was when this reader was opened. */
    DataObject object();

    /**
     * Fills {@code target} from {@code offset}: all of its remaining bytes, or an exception and undefined content; the
     * position is then at the limit. The range must lie inside the object.
     *
     * @param offset in bytes from the start of the object
     * @param priority demand reads are not queued behind prefetch
     * @throws StorageException STALE when the object is no longer this version, UNAVAILABLE, TIMEOUT, INTERRUPTED
     */
    void read(long offset, ByteBuffer target, Priority priority) throws StorageException;

    /**
     * Like {@link #read}; a place that can asks for the version in the same flight, behind the read, so that the check
     * costs no round trip of its own.
     *
     * @return whether the bytes are known to be of this version; if not, {@link #verifyVersion} is to be called before
     *     they are used
     * @throws StorageException as {@link #read} and {@link #verifyVersion}
     */
    default boolean readAndVerify(long offset, ByteBuffer target, Priority priority) throws StorageException {
        read(offset, target, priority);
        return false;
    }

    /**
     * Fills each part as {@link #readAndVerify} does. A place that can sends all of them in one flight with one question
     * behind them: for small parts that are wanted at the same time.
     *
     * @param parts at least one, each as {@link #read} wants it; 8 MiB together at most
     * @return whether the bytes of all of them are known to be of this version
     * @throws StorageException as {@link #readAndVerify}; the content of all parts is undefined then
     */
    default boolean readAndVerify(List<Part> parts, Priority priority) throws StorageException {
        boolean verified = true;
        for (Part part : parts) {
            verified &= readAndVerify(part.offset(), part.target(), priority);
        }
        return verified;
    }

    /**
     * Asks the catalog whether the object still is this version: to be called after a cold fetch and before its bytes
     * are used, since a server reads an overwritten file in place.
     *
     * @throws StorageException STALE when it is not, NOT_FOUND when it is gone
     */
    void verifyVersion() throws StorageException;

    /** Lets go of the server's descriptors, possibly later; never throws. */
    @Override
    void close();

    /**
     * A part of an object that is to be read.
     *
     * @param offset in bytes from the start of the object
     * @param target whose remaining bytes are filled
     */
    record Part(long offset, ByteBuffer target) {
        /** Of all parts together. */
        public static long bytes(List<Part> parts) {
            return parts.stream().mapToLong(part -> part.target().remaining()).sum();
        }
    }

    /** Who waits for a read. */
    enum Priority {
        /** A program is blocked until the bytes are here. */
        DEMAND,
        /** Nobody yet. */
        PREFETCH
    }
}
