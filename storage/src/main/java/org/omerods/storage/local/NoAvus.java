package org.omerods.storage.local;

import java.util.List;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** A place without triples: none are there, none can be added. */
enum NoAvus implements AvuStore {
    INSTANCE;

    @Override
    public List<Avu> list(StoragePath path) {
        return List.of();
    }

    @Override
    public void apply(StoragePath path, List<Operation> operations) throws StorageException {
        if (!operations.isEmpty()) {
            throw new StorageException(
                    Reason.UNSUPPORTED, "change AVUs", path.value(), "a local tree holds no triples");
        }
    }

    @Override
    public boolean remove(StoragePath path, Avu avu) {
        return false;
    }
}
