package org.omerods.storage.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.Listing;
import org.omerods.storage.NameCodec;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

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
        final Entry entry;
        final byte[] bytes;
        final Set<Avu> avus;

        Node(Entry entry, byte[] bytes, Set<Avu> avus) {
            this.entry = entry;
            this.bytes = bytes;
            this.avus = avus;
        }

        Node with(Entry other) {
            return new Node(other, bytes, avus);
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
        requireWritable(path, mode);
        return new MemoryWriter(this, path);
    }

    @Override
    public synchronized Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present)
            throws StorageException {
        if (present.isEmpty()) {
            requireWritable(path, WriteMode.CREATE);
        }
        return Optional.of(new MemoryGrowth(this, path, present));
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        byte[] bytes = MemoryContent.bytesOf(path, content);
        synchronized (this) {
            requireWritable(path, mode);
            return put(path, bytes);
        }
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        byte[] bytes = MemoryContent.bytesOf(path, content);
        synchronized (this) {
            Node present = find("write", path);
            requireWritable(path, WriteMode.REPLACE);
            if (present.entry instanceof DataObject object && !object.mayBeOverwrittenFrom(base)) {
                if (object.version().checksum().equals(Checksums.sha2(bytes))) {
                    return object;
                }
                throw new StorageException(
                        Reason.STALE, "write", path.value(), "is no longer the version that was changed");
            }
            return put(path, bytes);
        }
    }

    private void requireWritable(StoragePath path, WriteMode mode) throws StorageException {
        Node present = nodes.get(path);
        if (present == null) {
            requireCollection("write", path.parent());
            return;
        }
        if (mode == WriteMode.CREATE) {
            throw alreadyExists("write", path);
        }
        switch (present.entry) {
            case Collection c ->
                throw new StorageException(Reason.IS_A_COLLECTION, "write", path.value(), "is a collection");
            case SymbolicLink l ->
                throw new StorageException(Reason.INVALID, "write", path.value(), "is a symbolic link");
            case DataObject o -> {
                // its bytes are replaced
            }
        }
    }

    @Override
    public synchronized SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        if (nodes.containsKey(path)) {
            throw alreadyExists("create link", path);
        }
        SymbolicLink link = new SymbolicLink(put(path, NameCodec.encode(target)), target);
        nodes.put(path, find("create link", path).with(link));
        return link;
    }

    @Override
    public synchronized Entry touch(StoragePath path, Instant modified) throws StorageException {
        Node node = find("touch", path);
        Entry touched = MemoryContent.touched(node.entry, modified);
        nodes.put(path, node.with(touched));
        return touched;
    }

    @Override
    public synchronized void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        Node node = find("set permissions", path);
        nodes.put(
                path,
                node.with(
                        switch (node.entry) {
                            case DataObject object -> object.with(permissions);
                            case Collection collection -> collection.with(permissions);
                            case SymbolicLink _ ->
                                throw new StorageException(
                                        Reason.UNSUPPORTED, "set permissions", path.value(), "is a symbolic link");
                        }));
    }

    @Override
    public synchronized void replace(StoragePath from, StoragePath to) throws StorageException {
        Node node = find("replace", from);
        Node old = nodes.get(to);
        if (node.entry instanceof Collection || (old != null && old.entry instanceof Collection)) {
            throw new StorageException(Reason.IS_A_COLLECTION, "replace", to.value(), "one of the two is a collection");
        }
        requireCollection("replace", to.parent());
        nodes.remove(from);
        nodes.put(to, node.with(withPath(node.entry, to)));
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
                StoragePath target = path.moved(from, to);
                nodes.put(target, node.with(withPath(node.entry, target)));
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

    /** A copy of all triples that are there. */
    synchronized Map<StoragePath, List<Avu>> allAvus() {
        Map<StoragePath, List<Avu>> all = new LinkedHashMap<>();
        nodes.forEach((path, node) -> all.put(path, List.copyOf(node.avus)));
        return all;
    }

    @Override
    public AvuStore avus() {
        return new MemoryAvus(this);
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
                created,
                old != null && old.entry instanceof DataObject before ? before.permissions() : OptionalInt.empty());
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

    /** The triples of a path, to be changed under this storage's lock only. */
    Set<Avu> avusOf(String operation, StoragePath path) throws StorageException {
        return find(operation, path).avus;
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
            case Collection c -> c.at(path);
            case DataObject o -> o.at(path);
            case SymbolicLink l -> new SymbolicLink(l.object().at(path), l.target());
        };
    }
}
