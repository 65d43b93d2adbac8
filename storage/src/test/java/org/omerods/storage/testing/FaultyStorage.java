package org.omerods.storage.testing;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiPredicate;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;

/** Fails when told to: each planned fault hits the first call that it matches, and is then gone. Thread-safe. */
public final class FaultyStorage extends ForwardingStorage {
    private record Fault(BiPredicate<String, StoragePath> when, Reason reason) {}

    private final Deque<Fault> faults = new ArrayDeque<>();

    public FaultyStorage(Storage delegate) {
        super(delegate);
    }

    /** The next {@code times} calls of {@code operation} (stat, list, open, read, verify) fail. */
    public void failNext(String operation, int times, Reason reason) {
        synchronized (faults) {
            for (int i = 0; i < times; i++) {
                faults.add(new Fault((name, path) -> name.equals(operation), reason));
            }
        }
    }

    /** No more faults. */
    public void heal() {
        synchronized (faults) {
            faults.clear();
        }
    }

    private void strike(String operation, StoragePath path) throws StorageException {
        synchronized (faults) {
            for (var all = faults.iterator(); all.hasNext(); ) {
                Fault fault = all.next();
                if (fault.when().test(operation, path)) {
                    all.remove();
                    throw new StorageException(fault.reason(), operation, path.value(), "a planned fault");
                }
            }
        }
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        strike("stat", path);
        return delegate.stat(path);
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        strike("list", collection);
        return delegate.list(collection);
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        strike("open", object.path());
        ObjectReader reader = delegate.open(object);
        return new ForwardingReader(reader) {
            @Override
            public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
                strike("read", object.path());
                super.read(offset, target, priority);
            }

            @Override
            public void verifyVersion() throws StorageException {
                strike("verify", object.path());
                super.verifyVersion();
            }
        };
    }
}
