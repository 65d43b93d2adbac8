package org.omerods.storage.memory;

import java.util.List;
import java.util.Set;
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
}
