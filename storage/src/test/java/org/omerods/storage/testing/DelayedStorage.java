package org.omerods.storage.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;

/** A far-away place: each call takes a while longer; any number at the same time. Interruptible. */
public final class DelayedStorage extends ForwardingStorage {
    private final Duration delay;

    public DelayedStorage(Storage delegate, Duration delay) {
        super(delegate);
        this.delay = delay;
    }

    private void travel(String operation, StoragePath path) throws StorageException {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new StorageException(Reason.INTERRUPTED, operation, path.value(), "interrupted on the way");
            }
        }
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        travel("stat", path);
        return delegate.stat(path);
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        travel("list", collection);
        return delegate.list(collection);
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        travel("open", object.path());
        return new ForwardingReader(delegate.open(object)) {
            @Override
            public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
                travel("read", object.path());
                super.read(offset, target, priority);
            }

            @Override
            public void verifyVersion() throws StorageException {
                travel("verify", object.path());
                super.verifyVersion();
            }
        };
    }
}
