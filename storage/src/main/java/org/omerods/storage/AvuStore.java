package org.omerods.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.omerods.storage.StorageException.Reason;

/**
 * The triples attached to objects and collections. Thread-safe, caches nothing.
 *
 * <p>The calls for many paths exist because a catalog answers ten thousand rows in the time of three single questions, and
 * because changes of different objects may travel together; each object still changes as a whole or not at all.
 */
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

    /**
     * The objects and collections that carry an attribute, whatever its value.
     *
     * @throws StorageException UNSUPPORTED when the place cannot be searched
     */
    default Set<StoragePath> find(String attribute) throws StorageException {
        throw notSearchable("find " + attribute);
    }

    /**
     * The objects and collections that carry an attribute with exactly this value, whatever its units.
     *
     * @throws StorageException UNSUPPORTED when the place cannot be searched
     */
    default Set<StoragePath> find(String attribute, String value) throws StorageException {
        return find(attribute, List.of(value)).getOrDefault(value, Set.of());
    }

    /**
     * The same for many values at once.
     *
     * @return of each value that was found the paths that carry it
     * @throws StorageException UNSUPPORTED when the place cannot be searched
     */
    default Map<String, Set<StoragePath>> find(String attribute, Collection<String> values) throws StorageException {
        throw notSearchable("find " + attribute);
    }

    /**
     * The triples of many data objects whose attribute begins with {@code attributePrefix}.
     *
     * @return the objects that have such triples; one that has none, or that is not there, is left out
     */
    default Map<StoragePath, List<Avu>> listObjects(Collection<StoragePath> objects, String attributePrefix)
            throws StorageException {
        Map<StoragePath, List<Avu>> result = new HashMap<>();
        for (StoragePath path : new HashSet<>(objects)) {
            try {
                List<Avu> avus = list(path).stream()
                        .filter(avu -> avu.attribute().startsWith(attributePrefix))
                        .toList();
                if (!avus.isEmpty()) {
                    result.put(path, avus);
                }
            } catch (StorageException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return result;
    }

    /**
     * Shows every triple of a collection, and of all objects and collections below it, whose attribute begins with
     * {@code attributePrefix}; in no particular order, the triples of a path not necessarily together. Nothing is kept,
     * so that a catalog of any size can be looked through.
     *
     * @throws StorageException UNSUPPORTED when the place cannot be searched
     */
    default void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
            throws StorageException {
        throw notSearchable("scan " + collection);
    }

    /**
     * {@link #apply} for many paths, in no particular order, as fast as the place allows. A path that fails does not keep
     * the others back.
     *
     * @return the failures; the paths that are not in it are changed
     * @throws StorageException UNAVAILABLE, TIMEOUT, LOGIN_REFUSED, INTERRUPTED, CLOSED: some may be changed, the call may be
     *     repeated as a whole
     */
    default Map<StoragePath, StorageException> applyAll(Map<StoragePath, List<Operation>> changes)
            throws StorageException {
        Map<StoragePath, StorageException> failures = new HashMap<>();
        for (Map.Entry<StoragePath, List<Operation>> change : new ArrayList<>(changes.entrySet())) {
            try {
                apply(change.getKey(), change.getValue());
            } catch (StorageException e) {
                if (e.reason().endsBulk()) {
                    throw e;
                }
                failures.put(change.getKey(), e);
            }
        }
        return failures;
    }

    private static StorageException notSearchable(String operation) {
        return new StorageException(Reason.UNSUPPORTED, operation, "/", "the place cannot be searched by triples");
    }

    /** One step of {@link #apply}. */
    sealed interface Operation {
        Avu avu();

        record Add(Avu avu) implements Operation {}

        record Remove(Avu avu) implements Operation {}
    }
}
