package org.omerods.storage.memory;

import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.testing.StorageContractTest;

final class MemoryStorageTest extends StorageContractTest {
    @Override
    protected Storage open() throws Exception {
        MemoryStorage memory = new MemoryStorage();
        memory.createCollection(base());
        return memory;
    }

    @Override
    protected StoragePath base() {
        return StoragePath.of("/base");
    }

    @Override
    protected boolean holdsNamesThatAreNotUtf8() {
        return true;
    }

    @Override
    protected boolean keepsPermissions() {
        return true;
    }
}
