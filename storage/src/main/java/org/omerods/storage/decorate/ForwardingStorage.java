package org.omerods.storage.decorate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.storage.Access;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Hands every call on; a decorator overrides what it changes. */
public abstract class ForwardingStorage implements Storage {
    protected final Storage delegate;

    protected ForwardingStorage(Storage delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return delegate.stat(path);
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        return delegate.list(collection);
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return delegate.open(object);
    }

    @Override
    public Access access(Entry entry) throws StorageException {
        return delegate.access(entry);
    }

    @Override
    public int maxPathBytes() {
        return delegate.maxPathBytes();
    }

    @Override
    public Space space() throws StorageException {
        return delegate.space();
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        return delegate.write(path, mode);
    }

    @Override
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return delegate.grow(path, present);
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        return delegate.put(path, mode, content);
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        return delegate.overwrite(path, base, content);
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        return delegate.createLink(path, target);
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        return delegate.touch(path, modified);
    }

    @Override
    public void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        delegate.setPermissions(path, permissions);
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        delegate.replace(from, to);
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        delegate.createCollection(path);
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        delegate.rename(from, to);
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        delegate.deleteObject(path);
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        delegate.deleteCollection(path);
    }

    @Override
    public AvuStore avus() {
        return delegate.avus();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
