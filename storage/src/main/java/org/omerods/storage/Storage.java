package org.omerods.storage;

/**
 * A tree of collections and data objects that somebody else owns: an iRODS zone, a local directory, memory.
 *
 * <p>The model is iRODS': a path names either a {@link Collection} or a {@link DataObject}; an object has one or more
 * replicas, of which an implementation presents the best one; bytes belong to an {@link ObjectVersion}, so that old and
 * new content can never be mixed. Names are free of {@code /} and NUL, everything else may occur in them (see
 * {@link StoragePath}).
 *
 * <p>All methods may block, none caches, all may be called from any thread at any time. A thread that is interrupted
 * while it waits gets {@link StorageException.Reason#INTERRUPTED} and keeps its interrupt flag. Every failure is a
 * {@link StorageException}; absence is the reason {@code NOT_FOUND}, never null.
 */
public interface Storage extends AutoCloseable {

    /**
     * What lies at a path.
     *
     * @throws StorageException NOT_FOUND when nothing visible to this user is there
     */
    Entry stat(StoragePath path) throws StorageException;

    /**
     * All direct children of a collection, with their attributes, in no particular order. Complete, or an exception:
     * never a silently shortened list. Children that cannot be presented (a name that is no name) stand one by one in
     * {@link Listing#problems()}.
     *
     * @throws StorageException NOT_FOUND, NOT_A_COLLECTION
     */
    Listing list(StoragePath collection) throws StorageException;

    /**
     * Starts reading one version. Cheap: an implementation may wait with everything that costs until the first read.
     *
     * @throws StorageException NOT_FOUND, ACCESS_DENIED, NO_GOOD_REPLICA, when already known
     */
    ObjectReader open(DataObject object) throws StorageException;

    /** Space of the place as far as it tells; {@link Space#UNKNOWN} otherwise. */
    Space space() throws StorageException;

    /**
     * Makes a new data object, or replaces the bytes of an existing one. What was written is a good version only after
     * {@link ObjectWriter#commit()}.
     *
     * @throws StorageException ALREADY_EXISTS (mode CREATE), NOT_FOUND (parent), LOCKED, ACCESS_DENIED, READ_ONLY
     */
    ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException;

    /**
     * Makes one collection; its parent must exist.
     *
     * @throws StorageException ALREADY_EXISTS, NOT_FOUND (parent), ACCESS_DENIED, READ_ONLY
     */
    void createCollection(StoragePath path) throws StorageException;

    /**
     * Moves an object or a collection with everything below it. Never replaces: the target must not exist.
     *
     * @throws StorageException NOT_FOUND (source or target's parent), ALREADY_EXISTS, LOCKED, ACCESS_DENIED, READ_ONLY
     */
    void rename(StoragePath from, StoragePath to) throws StorageException;

    /**
     * Removes a data object at once, without a way back.
     *
     * @throws StorageException NOT_FOUND, IS_A_COLLECTION, LOCKED, ACCESS_DENIED, READ_ONLY
     */
    void deleteObject(StoragePath path) throws StorageException;

    /**
     * Removes an empty collection.
     *
     * @throws StorageException NOT_FOUND, NOT_A_COLLECTION, NOT_EMPTY, ACCESS_DENIED, READ_ONLY
     */
    void deleteCollection(StoragePath path) throws StorageException;

    /** The triples of this place. */
    AvuStore avus();

    /** Ends all connections; reads under way fail with CLOSED. Idempotent. */
    @Override
    void close();

    /** What {@link #write} does with a path that is there or not. */
    enum WriteMode {
        /** The object must not exist. */
        CREATE,
        /** Created where missing, else its bytes are replaced as a whole. */
        REPLACE
    }
}
