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

    /** One step of {@link #apply}. */
    sealed interface Operation {
        Avu avu();

        record Add(Avu avu) implements Operation {}

        record Remove(Avu avu) implements Operation {}
    }
}
