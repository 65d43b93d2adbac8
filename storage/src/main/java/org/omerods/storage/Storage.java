package org.omerods.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.storage.StorageException.Reason;

/**
 * A tree of collections and data objects that somebody else owns: an iRODS zone, a local directory, memory.
 *
 * <p>The model is iRODS': a path names a {@link Collection}, a {@link DataObject} or a {@link SymbolicLink} (which is an
 * object that is marked); an object has one or more replicas, of which an implementation presents the best one; bytes belong to an {@link ObjectVersion}, so that old and
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
     * @throws StorageException NOT_FOUND when nothing visible to this user is there, NAME_TOO_LONG when nothing can be
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

    /**
     * What the user may do with an entry, to tell a program before it writes; the place decides again when it is tried.
     *
     * @return {@link Access#UNKNOWN} where the place does not tell
     */
    default Access access(Entry entry) throws StorageException {
        return Access.UNKNOWN;
    }

    /**
     * The longest path, in bytes, that something new may have here: NAME_TOO_LONG beyond it. What is there already may have
     * a longer one.
     */
    default int maxPathBytes() {
        return Integer.MAX_VALUE;
    }

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
     * Begins a data object whose content is not complete yet; empty when the place gains nothing by that, or cannot spare
     * what it takes.
     *
     * @param present the object that is to grow, which has no bytes yet; empty: there is none
     * @throws StorageException as {@link #write}, STALE when the object is another version
     */
    default Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return Optional.empty();
    }

    /**
     * Uploads complete bytes as the one new good version of an object: all of them and checked, or an exception. After an
     * exception a new object is not there (or is there without a good replica, when the place could not even be told);
     * of an object that was there the old bytes stay where that is possible, and are never good with wrong bytes.
     * Calling again with the same content is right after every exception. Triples, access list and number of an object
     * that is replaced stay.
     *
     * @return the object as it is now
     * @throws StorageException ALREADY_EXISTS (mode CREATE), NOT_FOUND (parent), IS_A_COLLECTION, INVALID (a symbolic
     *     link is there), LOCKED, ACCESS_DENIED, NO_SPACE, CORRUPT (the checksums differ), READ_ONLY, UNAVAILABLE (also
     *     when the content cannot be read)
     */
    DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException;

    /**
     * The same for an object that must still be the version {@code base}, so that nobody's newer bytes are overwritten.
     * What has no good replica counts as that version when its number is the same: an upload that broke left it so. What
     * already has this content is success.
     *
     * @throws StorageException STALE when another good version is there, NOT_FOUND when nothing is there; as above
     */
    DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException;

    /**
     * Makes a symbolic link. Its target is not looked at.
     *
     * @throws StorageException ALREADY_EXISTS, NOT_FOUND (parent), INVALID (a target that the place cannot hold),
     *     UNSUPPORTED, ACCESS_DENIED, READ_ONLY
     */
    SymbolicLink createLink(StoragePath path, String target) throws StorageException;

    /**
     * Sets the time of modification, as exactly as the place can.
     *
     * @return the entry as it is now: of an object the version is another one, with the same bytes
     * @throws StorageException NOT_FOUND, LOCKED, INVALID (a time that the place cannot hold), ACCESS_DENIED, READ_ONLY
     */
    Entry touch(StoragePath path, Instant modified) throws StorageException;

    /**
     * Keeps permission bits beside a data object or a collection, for whoever shows them; what a user may do the place decides
     * without them. They stay when it is overwritten or renamed. Version and time of an object stay.
     *
     * @param permissions nine bits; empty: none are kept any more
     * @throws StorageException NOT_FOUND, UNSUPPORTED (a place that keeps none), ACCESS_DENIED, READ_ONLY
     */
    default void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        throw new StorageException(Reason.UNSUPPORTED, "set permissions", path.value(), "none are kept here");
    }

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
     * Moves an object or a link over another one, which is gone then; number, triples and access list are those of
     * {@code from}. Both are never lost: until the move is done the target's bytes are kept, and are put back when it
     * fails. Where nothing is at {@code to} it is a {@link #rename}.
     *
     * @throws StorageException NOT_FOUND, IS_A_COLLECTION (either), LOCKED, ACCESS_DENIED, READ_ONLY
     */
    void replace(StoragePath from, StoragePath to) throws StorageException;

    /**
     * Removes a data object or a symbolic link at once, without a way back.
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
