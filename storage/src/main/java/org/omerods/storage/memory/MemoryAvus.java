package org.omerods.storage.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** The triples of a place in memory, guarded by the place's lock. */
record MemoryAvus(MemoryStorage storage) implements AvuStore {
    @Override
    public List<Avu> list(StoragePath path) throws StorageException {
        synchronized (storage) {
            return List.copyOf(storage.avusOf("list AVUs", path));
        }
    }

    @Override
    public void apply(StoragePath path, List<Operation> operations) throws StorageException {
        synchronized (storage) {
            Set<Avu> avus = storage.avusOf("change AVUs", path);
            for (Operation operation : operations) {
                switch (operation) {
                    case Operation.Add(Avu avu) -> avus.add(avu);
                    case Operation.Remove(Avu avu) -> avus.remove(avu);
                }
            }
        }
    }

    @Override
    public boolean remove(StoragePath path, Avu avu) throws StorageException {
        synchronized (storage) {
            return storage.avusOf("remove an AVU", path).remove(avu);
        }
    }

    @Override
    public Set<StoragePath> find(String attribute) {
        Set<StoragePath> found = new LinkedHashSet<>();
        forEach((path, avu) -> {
            if (avu.attribute().equals(attribute)) {
                found.add(path);
            }
        });
        return found;
    }

    @Override
    public Map<String, Set<StoragePath>> find(String attribute, Collection<String> values) {
        Map<String, Set<StoragePath>> found = new HashMap<>();
        forEach((path, avu) -> {
            if (avu.attribute().equals(attribute) && values.contains(avu.value())) {
                found.computeIfAbsent(avu.value(), v -> new LinkedHashSet<>()).add(path);
            }
        });
        return found;
    }

    @Override
    public void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor) {
        forEach((path, avu) -> {
            if (path.isIn(collection) && avu.attribute().startsWith(attributePrefix)) {
                visitor.accept(path, avu);
            }
        });
    }

    /** Visits a copy: a visitor is foreign code and is not called under the lock. */
    private void forEach(BiConsumer<StoragePath, Avu> visitor) {
        storage.allAvus().forEach((path, avus) -> avus.forEach(avu -> visitor.accept(path, avu)));
    }
}
