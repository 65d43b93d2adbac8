package org.omerods.storage;

import java.util.List;

/** The triples attached to objects and collections. Thread-safe, caches nothing. */
public interface AvuStore {

    /** All triples of a path, in no particular order. */
    List<Avu> list(StoragePath path) throws StorageException;

    /**
     * Applies all operations, or none. Adding what is there and removing what is not there are no errors.
     *
     * @throws StorageException NOT_FOUND, ACCESS_DENIED, INVALID (a triple the place cannot hold), READ_ONLY
     */
    void apply(StoragePath path, List<Operation> operations) throws StorageException;

    /**
     * Removes one triple, and tells whether it was there. Of several who remove the same one at the same time exactly one
     * hears true, so that a triple can be a token that one of many takes.
     *
     * @throws StorageException NOT_FOUND (nothing at the path), ACCESS_DENIED, READ_ONLY; after UNAVAILABLE or TIMEOUT it
     *     is open whether the triple is gone
     */
    boolean remove(StoragePath path, Avu avu) throws StorageException;

    /** One step of {@link #apply}. */
    sealed interface Operation {
        Avu avu();

        record Add(Avu avu) implements Operation {}

        record Remove(Avu avu) implements Operation {}
    }
}
