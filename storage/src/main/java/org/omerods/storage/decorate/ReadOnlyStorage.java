package org.omerods.storage.decorate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Refuses every change with READ_ONLY before it reaches the network. */
public final class ReadOnlyStorage extends ForwardingStorage {
    public ReadOnlyStorage(Storage delegate) {
        super(delegate);
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        throw refuse("write", path);
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        throw refuse("write", path);
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        throw refuse("write", path);
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        throw refuse("create link", path);
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        throw refuse("touch", path);
    }

    @Override
    public void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        throw refuse("set permissions", path);
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        throw refuse("replace", to);
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        throw refuse("create collection", path);
    }

    @Override
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        throw refuse("write", path);
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        throw refuse("rename", from);
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        throw refuse("delete", path);
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        throw refuse("delete collection", path);
    }

    @Override
    public AvuStore avus() {
        AvuStore avus = delegate.avus();
        return new AvuStore() {
            @Override
            public List<Avu> list(StoragePath path) throws StorageException {
                return avus.list(path);
            }

            @Override
            public Set<StoragePath> find(String attribute) throws StorageException {
                return avus.find(attribute);
            }

            @Override
            public Map<String, Set<StoragePath>> find(String attribute, Collection<String> values)
                    throws StorageException {
                return avus.find(attribute, values);
            }

            @Override
            public Map<StoragePath, List<Avu>> listObjects(Collection<StoragePath> objects, String attributePrefix)
                    throws StorageException {
                return avus.listObjects(objects, attributePrefix);
            }

            @Override
            public void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
                    throws StorageException {
                avus.scan(collection, attributePrefix, visitor);
            }

            @Override
            public void apply(StoragePath path, List<Operation> operations) throws StorageException {
                throw refuse("change AVUs", path);
            }

            @Override
            public boolean remove(StoragePath path, Avu avu) throws StorageException {
                throw refuse("remove an AVU", path);
            }
        };
    }

    private static StorageException refuse(String operation, StoragePath path) {
        return new StorageException(Reason.READ_ONLY, operation, path.value(), "changes are refused");
    }
}
