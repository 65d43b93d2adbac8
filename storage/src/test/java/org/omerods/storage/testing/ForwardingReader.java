package org.omerods.storage.testing;

import java.nio.ByteBuffer;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;

/** Hands every call on; a double overrides what it changes. */
public class ForwardingReader implements ObjectReader {
    private final ObjectReader delegate;

    public ForwardingReader(ObjectReader delegate) {
        this.delegate = delegate;
    }

    @Override
    public DataObject object() {
        return delegate.object();
    }

    @Override
    public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
        delegate.read(offset, target, priority);
    }

    @Override
    public void verifyVersion() throws StorageException {
        delegate.verifyVersion();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
