package org.omerods.omero.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Triples of a place that goes away after so many calls: changes of many objects are cut off in the middle. */
public final class FaultyAvus implements AvuStore {
    private final AvuStore delegate;
    private int callsLeft = Integer.MAX_VALUE;

    public FaultyAvus(AvuStore delegate) {
        this.delegate = delegate;
    }

    /** The next {@code calls} calls work, each change of an object being one, then none does. */
    public void failAfter(int calls) {
        callsLeft = calls;
    }

    public void heal() {
        callsLeft = Integer.MAX_VALUE;
    }

    private void count() throws StorageException {
        if (callsLeft-- <= 0) {
            callsLeft = 0;
            throw new StorageException(Reason.UNAVAILABLE, "change AVUs", "/", "cut off by the test");
        }
    }

    @Override
    public List<Avu> list(StoragePath path) throws StorageException {
        count();
        return delegate.list(path);
    }

    @Override
    public void apply(StoragePath path, List<Operation> operations) throws StorageException {
        count();
        delegate.apply(path, operations);
    }

    @Override
    public boolean remove(StoragePath path, Avu avu) throws StorageException {
        count();
        return delegate.remove(path, avu);
    }

    @Override
    public Set<StoragePath> find(String attribute) throws StorageException {
        count();
        return delegate.find(attribute);
    }

    @Override
    public Map<String, Set<StoragePath>> find(String attribute, Collection<String> values) throws StorageException {
        count();
        return delegate.find(attribute, values);
    }

    @Override
    public Map<StoragePath, List<Avu>> listObjects(Collection<StoragePath> objects, String attributePrefix)
            throws StorageException {
        count();
        return delegate.listObjects(objects, attributePrefix);
    }

    @Override
    public void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
            throws StorageException {
        count();
        delegate.scan(collection, attributePrefix, visitor);
    }

    @Override
    public Map<StoragePath, StorageException> applyAll(Map<StoragePath, List<Operation>> changes)
            throws StorageException {
        Map<StoragePath, StorageException> failures = new HashMap<>();
        for (Map.Entry<StoragePath, List<Operation>> change : new ArrayList<>(changes.entrySet())) {
            count();
            failures.putAll(delegate.applyAll(Map.of(change.getKey(), change.getValue())));
        }
        return failures;
    }
}
