package org.omerods.storage.testing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.decorate.ForwardingStorage;

/**
 * A broken place: every {@code nth} read of more than one byte fills only the first half of its target and says nothing.
 * What stands on a storage must notice by the target's position.
 */
public final class ShortReadStorage extends ForwardingStorage {
    private final int nth;
    private final AtomicInteger reads = new AtomicInteger();

    public ShortReadStorage(Storage delegate, int nth) {
        super(delegate);
        this.nth = nth;
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return new ForwardingReader(delegate.open(object)) {
            @Override
            public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
                int wanted = target.remaining();
                if (wanted < 2 || reads.incrementAndGet() % nth != 0) {
                    super.read(offset, target, priority);
                    return;
                }
                int limit = target.limit();
                target.limit(target.position() + wanted / 2);
                super.read(offset, target, priority);
                target.limit(limit);
            }
        };
    }
}
