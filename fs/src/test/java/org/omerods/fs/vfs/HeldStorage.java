package org.omerods.fs.vfs;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.testing.ForwardingReader;

/** A place whose calls of one operation wait until the test lets them go on; interruptible, as the real ones are. */
public final class HeldStorage extends ForwardingStorage {
    private record Hold(String operation, CountDownLatch latch) {}

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Hold hold;

    public HeldStorage(Storage delegate) {
        super(delegate);
    }

    /** From now on calls of {@code operation} (stat, list, read, verify) wait. */
    public void hold(String operation) {
        hold = new Hold(operation, new CountDownLatch(1));
    }

    public void letGo() {
        Hold held = hold;
        hold = null;
        if (held != null) {
            held.latch().countDown();
        }
    }

    /** How many calls wait now. */
    public int waiting() {
        return waiting.get();
    }

    private void pass(String operation, StoragePath path) throws StorageException {
        Hold held = hold;
        if (held == null || !held.operation().equals(operation)) {
            return;
        }
        waiting.incrementAndGet();
        try {
            held.latch().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, operation, path.value(), "interrupted", e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        pass("stat", path);
        return delegate.stat(path);
    }

    @Override
    public Listing list(StoragePath path) throws StorageException {
        Listing listing = delegate.list(path);
        pass("list", path);
        return listing;
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return new ForwardingReader(delegate.open(object)) {
            @Override
            public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
                pass("read", object.path());
                super.read(offset, target, priority);
            }

            @Override
            public void verifyVersion() throws StorageException {
                pass("verify", object.path());
                super.verifyVersion();
            }
        };
    }
}
