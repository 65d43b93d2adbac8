package org.omerods.storage.memory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * A place in memory: the simplest thing that keeps the contract of {@link Storage}, easy to be sure about. Thread-safe:
 * one lock guards everything.
 */
public final class MemoryStorage implements Storage {
    private final InstantSource clock;
    private final NavigableMap<StoragePath, Node> nodes = new TreeMap<>();
    private long nextId = 10_000;

    public MemoryStorage(InstantSource clock) {
        this.clock = clock;
        nodes.put(StoragePath.ROOT, newCollection(StoragePath.ROOT));
    }

    public MemoryStorage() {
        this(InstantSource.system());
    }

    /** What is kept for a path: the entry, its bytes when it is an object, its triples. Bytes are never changed in place. */
    private static final class Node {
        Entry entry;
        final byte[] bytes;
        final Set<Avu> avus;

        Node(Entry entry, byte[] bytes, Set<Avu> avus) {
            this.entry = entry;
            this.bytes = bytes;
            this.avus = avus;
        }
    }

    @Override
    public synchronized Entry stat(StoragePath path) throws StorageException {
        return find("stat", path).entry;
    }

    @Override
    public synchronized Listing list(StoragePath collection) throws StorageException {
        requireCollection("list", collection);
        List<Entry> entries = new ArrayList<>();
        for (Node node : nodes.tailMap(collection, false).values()) {
            StoragePath path = node.entry.path();
            if (!path.isRoot() && path.parent().equals(collection)) {
                entries.add(node.entry);
            }
        }
        return new Listing(entries, List.of());
    }

    @Override
    public synchronized ObjectReader open(DataObject object) throws StorageException {
        return new MemoryReader(this, object, bytesOf("open", object));
    }

    @Override
    public Space space() {
        return Space.UNKNOWN;
    }

    @Override
    public synchronized ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        Node present = nodes.get(path);
        if (present != null && present.entry instanceof Collection) {
            throw new StorageException(Reason.IS_A_COLLECTION, "write", path.value(), "is a collection");
        }
        if (present != null && mode == WriteMode.CREATE) {
            throw alreadyExists("write", path);
        }
        requireCollection("write", path.parent());
        return new MemoryWriter(this, path);
    }

    @Override
    public synchronized void createCollection(StoragePath path) throws StorageException {
        if (nodes.containsKey(path)) {
            throw alreadyExists("create collection", path);
        }
        requireCollection("create collection", path.parent());
        nodes.put(path, newCollection(path));
    }

    @Override
    public synchronized void rename(StoragePath from, StoragePath to) throws StorageException {
        find("rename", from);
        if (nodes.containsKey(to)) {
            throw alreadyExists("rename", to);
        }
        if (from.isRoot() || to.isIn(from)) {
            throw new StorageException(Reason.INVALID, "rename", from.value(), "cannot be moved into itself");
        }
        requireCollection("rename", to.parent());
        for (StoragePath path : List.copyOf(nodes.tailMap(from, true).keySet())) {
            if (path.isIn(from)) {
                Node node = find("rename", path);
                nodes.remove(path);
                StoragePath target = new StoragePath(
                        to.value() + path.value().substring(from.value().length()));
                node.entry = withPath(node.entry, target);
                nodes.put(target, node);
            }
        }
    }

    @Override
    public synchronized void deleteObject(StoragePath path) throws StorageException {
        if (find("delete", path).entry instanceof Collection) {
            throw new StorageException(Reason.IS_A_COLLECTION, "delete", path.value(), "is a collection");
        }
        nodes.remove(path);
    }

    @Override
    public synchronized void deleteCollection(StoragePath path) throws StorageException {
        requireCollection("delete collection", path);
        if (!list(path).entries().isEmpty()) {
            throw new StorageException(Reason.NOT_EMPTY, "delete collection", path.value(), "is not empty");
        }
        nodes.remove(path);
    }

    @Override
    public AvuStore avus() {
        return new MemoryAvus();
    }

    @Override
    public void close() {
        // nothing is held that the garbage collector does not take
    }

    /** Puts bytes at a path as a new good version; id and triples of an object that is there stay. */
    synchronized DataObject put(StoragePath path, byte[] bytes) throws StorageException {
        requireCollection("write", path.parent());
        Node old = nodes.get(path);
        Instant now = clock.instant();
        long id = old == null ? nextId++ : old.entry.id();
        Instant created = old == null ? now : old.entry.created();
        DataObject object = new DataObject(
                path,
                new ObjectVersion(id, 0, bytes.length, now, Checksums.sha2(bytes)),
                ReplicaState.GOOD,
                "memory",
                1,
                "memory",
                created);
        nodes.put(path, new Node(object, bytes, old == null ? new LinkedHashSet<>() : old.avus));
        return object;
    }

    /** The bytes of exactly that version. */
    synchronized byte[] bytesOf(String operation, DataObject object) throws StorageException {
        Node node = find(operation, object.path());
        if (!(node.entry instanceof DataObject now) || !now.version().equals(object.version())) {
            throw new StorageException(
                    Reason.STALE, operation, object.path().value(), "is no longer the version that was opened");
        }
        return node.bytes;
    }

    private Node newCollection(StoragePath path) {
        Instant now = clock.instant();
        return new Node(new Collection(path, nextId++, "memory", now, now), new byte[0], new LinkedHashSet<>());
    }

    private Node find(String operation, StoragePath path) throws StorageException {
        @Nullable Node node = nodes.get(path);
        if (node == null) {
            throw new StorageException(Reason.NOT_FOUND, operation, path.value(), "does not exist");
        }
        return node;
    }

    private void requireCollection(String operation, StoragePath path) throws StorageException {
        if (!(find(operation, path).entry instanceof Collection)) {
            throw new StorageException(Reason.NOT_A_COLLECTION, operation, path.value(), "is a data object");
        }
    }

    private static StorageException alreadyExists(String operation, StoragePath path) {
        return new StorageException(Reason.ALREADY_EXISTS, operation, path.value(), "exists already");
    }

    private static Entry withPath(Entry entry, StoragePath path) {
        return switch (entry) {
            case Collection c -> new Collection(path, c.id(), c.owner(), c.created(), c.modified());
            case DataObject o ->
                new DataObject(path, o.version(), o.state(), o.resource(), o.replicaCount(), o.owner(), o.created());
        };
    }

    /** Copies a range out of an object. */
    static void copy(byte[] bytes, DataObject object, long offset, ByteBuffer target) throws StorageException {
        if (offset < 0 || offset + target.remaining() > bytes.length) {
            throw new StorageException(
                    Reason.INVALID,
                    "read",
                    object.path().value(),
                    target.remaining() + " bytes at " + offset + " lie outside its " + bytes.length + " bytes");
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    private final class MemoryAvus implements AvuStore {
        @Override
        public List<Avu> list(StoragePath path) throws StorageException {
            synchronized (MemoryStorage.this) {
                return List.copyOf(find("list AVUs", path).avus);
            }
        }

        @Override
        public void apply(StoragePath path, List<Operation> operations) throws StorageException {
            synchronized (MemoryStorage.this) {
                Set<Avu> avus = find("change AVUs", path).avus;
                for (Operation operation : operations) {
                    switch (operation) {
                        case Operation.Add(Avu avu) -> avus.add(avu);
                        case Operation.Remove(Avu avu) -> avus.remove(avu);
                    }
                }
            }
        }

        @Override
        public boolean remove(StoragePath path, Avu avu) throws StorageException {
            synchronized (MemoryStorage.this) {
                return find("remove an AVU", path).avus.remove(avu);
            }
        }
    }
}
