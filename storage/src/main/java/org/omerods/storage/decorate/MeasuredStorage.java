package org.omerods.storage.decorate;

import java.nio.ByteBuffer;
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
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Counts calls, failures, bytes and time of a place into {@link StorageMetrics}. */
public final class MeasuredStorage extends ForwardingStorage {
    private final StorageMetrics metrics;

    public MeasuredStorage(Storage delegate, StorageMetrics metrics) {
        super(delegate);
        this.metrics = metrics;
    }

    @FunctionalInterface
    private interface Body<T> {
        T run() throws StorageException;
    }

    private <T> T measure(StorageMetrics.Operation operation, long bytes, Body<T> body) throws StorageException {
        long start = System.nanoTime();
        try {
            T result = body.run();
            metrics.succeeded(operation, bytes, System.nanoTime() - start);
            return result;
        } catch (StorageException e) {
            metrics.failed(operation, e.reason(), System.nanoTime() - start);
            throw e;
        }
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return measure(StorageMetrics.Operation.STAT, 0, () -> delegate.stat(path));
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        return measure(StorageMetrics.Operation.LIST, 0, () -> delegate.list(collection));
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return new MeasuredReader(measure(StorageMetrics.Operation.OPEN, 0, () -> delegate.open(object)));
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        return measure(StorageMetrics.Operation.CHANGE, 0, () -> delegate.write(path, mode));
    }

    @Override
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return measure(StorageMetrics.Operation.CHANGE, 0, () -> delegate.grow(path, present));
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        return measure(StorageMetrics.Operation.PUT, content.size(), () -> delegate.put(path, mode, content));
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        return measure(StorageMetrics.Operation.PUT, content.size(), () -> delegate.overwrite(path, base, content));
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        return measure(StorageMetrics.Operation.CHANGE, 0, () -> delegate.createLink(path, target));
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        return measure(StorageMetrics.Operation.CHANGE, 0, () -> delegate.touch(path, modified));
    }

    @Override
    public void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        change(() -> delegate.setPermissions(path, permissions));
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        change(() -> delegate.replace(from, to));
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        change(() -> delegate.createCollection(path));
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        change(() -> delegate.rename(from, to));
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        change(() -> delegate.deleteObject(path));
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        change(() -> delegate.deleteCollection(path));
    }

    @Override
    public AvuStore avus() {
        return new MeasuredAvus(delegate.avus());
    }

    @FunctionalInterface
    private interface Change {
        void run() throws StorageException;
    }

    private void change(Change change) throws StorageException {
        measure(StorageMetrics.Operation.CHANGE, 0, () -> {
            change.run();
            return 0;
        });
    }

    private final class MeasuredAvus implements AvuStore {
        private final AvuStore avus;

        MeasuredAvus(AvuStore avus) {
            this.avus = avus;
        }

        @Override
        public List<Avu> list(StoragePath path) throws StorageException {
            return measure(StorageMetrics.Operation.LIST_AVUS, 0, () -> avus.list(path));
        }

        @Override
        public Set<StoragePath> find(String attribute) throws StorageException {
            return measure(StorageMetrics.Operation.LIST_AVUS, 0, () -> avus.find(attribute));
        }

        @Override
        public Map<String, Set<StoragePath>> find(String attribute, Collection<String> values) throws StorageException {
            return measure(StorageMetrics.Operation.LIST_AVUS, 0, () -> avus.find(attribute, values));
        }

        @Override
        public Map<StoragePath, List<Avu>> listObjects(Collection<StoragePath> objects, String attributePrefix)
                throws StorageException {
            return measure(StorageMetrics.Operation.LIST_AVUS, 0, () -> avus.listObjects(objects, attributePrefix));
        }

        @Override
        public void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
                throws StorageException {
            measure(StorageMetrics.Operation.LIST_AVUS, 0, () -> {
                avus.scan(collection, attributePrefix, visitor);
                return 0;
            });
        }

        @Override
        public void apply(StoragePath path, List<Operation> operations) throws StorageException {
            change(() -> avus.apply(path, operations));
        }

        @Override
        public boolean remove(StoragePath path, Avu avu) throws StorageException {
            return measure(StorageMetrics.Operation.CHANGE, 0, () -> avus.remove(path, avu));
        }

        @Override
        public Map<StoragePath, StorageException> applyAll(Map<StoragePath, List<Operation>> changes)
                throws StorageException {
            return measure(StorageMetrics.Operation.CHANGE, 0, () -> avus.applyAll(changes));
        }
    }

    private final class MeasuredReader implements ObjectReader {
        private final ObjectReader reader;

        MeasuredReader(ObjectReader reader) {
            this.reader = reader;
        }

        @Override
        public DataObject object() {
            return reader.object();
        }

        @Override
        public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
            measure(operation(priority), target.remaining(), () -> {
                reader.read(offset, target, priority);
                return 0;
            });
        }

        @Override
        public boolean readAndVerify(long offset, ByteBuffer target, Priority priority) throws StorageException {
            return measure(
                    operation(priority), target.remaining(), () -> reader.readAndVerify(offset, target, priority));
        }

        @Override
        public boolean readAndVerify(List<Part> parts, Priority priority) throws StorageException {
            return measure(operation(priority), Part.bytes(parts), () -> reader.readAndVerify(parts, priority));
        }

        private static StorageMetrics.Operation operation(Priority priority) {
            return switch (priority) {
                case DEMAND -> StorageMetrics.Operation.READ_DEMAND;
                case PREFETCH -> StorageMetrics.Operation.READ_PREFETCH;
            };
        }

        @Override
        public void verifyVersion() throws StorageException {
            measure(StorageMetrics.Operation.VERIFY, 0, () -> {
                reader.verifyVersion();
                return 0;
            });
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
