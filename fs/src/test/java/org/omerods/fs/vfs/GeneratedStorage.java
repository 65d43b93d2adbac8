package org.omerods.fs.vfs;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
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
import org.omerods.storage.SymbolicLink;

/**
 * Objects of any size whose bytes are a function of offset and version, so that nothing is stored and every byte tells
 * which version it is of. As an iRODS server it reads overwritten objects in place: a reader sees the new bytes at once, and
 * only the verification tells. Every call is recorded.
 */
public final class GeneratedStorage implements Storage {
    private final Map<StoragePath, Entry> entries = new TreeMap<>();
    private final Map<Long, Integer> seeds = new ConcurrentHashMap<>();
    private final Map<StoragePath, List<Avu>> avus = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Space space = Space.UNKNOWN;
    private long nextId = 100;
    private long nextSecond = 1_000_000;

    public GeneratedStorage() {
        directory("/");
    }

    /** The byte at an offset of a version. */
    public static byte byteAt(int seed, long offset) {
        long mixed = (offset + 1) * 0x9E3779B97F4A7C15L + seed * 0xBF58476D1CE4E5B9L;
        return (byte) (mixed >>> 40 ^ mixed >>> 17);
    }

    /** The bytes of a range of a version. */
    public static byte[] bytes(int seed, long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = byteAt(seed, offset + i);
        }
        return bytes;
    }

    public synchronized Collection directory(String path) {
        Instant time = Instant.ofEpochSecond(nextSecond++);
        Collection collection = new Collection(new StoragePath(path), nextId++, "alice", time, time);
        entries.put(collection.path(), collection);
        return collection;
    }

    /** Makes an object, or a new version of it with the same id. */
    public synchronized DataObject object(String path, long size) {
        Entry old = entries.get(new StoragePath(path));
        long id = old == null ? nextId++ : old.id();
        return put(path, id, size);
    }

    /** An object of a place that numbers none. */
    public synchronized DataObject objectWithoutId(String path, long size) {
        return put(path, 0, size);
    }

    private DataObject put(String path, long id, long size) {
        Instant time = Instant.ofEpochSecond(nextSecond++);
        int seed = seeds.merge(id, 1, Integer::sum);
        ObjectVersion version = new ObjectVersion(id, 2, size, time, "sha2:version" + seed);
        DataObject object =
                new DataObject(new StoragePath(path), version, ReplicaState.GOOD, "demoResc", 1, "alice", time);
        entries.put(object.path(), object);
        return object;
    }

    public synchronized void put(Entry entry) {
        entries.put(entry.path(), entry);
    }

    public synchronized void remove(String path) {
        entries.remove(new StoragePath(path));
    }

    /** By which {@link #byteAt} makes the bytes of an object now. */
    public int seedOf(DataObject object) {
        return seeds.getOrDefault(object.id(), 1);
    }

    public void annotate(String path, Avu... triples) {
        avus.put(new StoragePath(path), List.of(triples));
    }

    public void tellSpace(Space told) {
        space = told;
    }

    /** Such as {@code stat /a}, {@code read /a 0+4096 DEMAND}, {@code verify /a}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public List<String> calls(String operation) {
        return calls.stream().filter(call -> call.startsWith(operation + " ")).toList();
    }

    public void forgetCalls() {
        calls.clear();
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        calls.add("stat " + path);
        return find("stat", path);
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        calls.add("list " + collection);
        if (!(find("list", collection) instanceof Collection)) {
            throw new StorageException(Reason.NOT_A_COLLECTION, "list", collection.value(), "is an object");
        }
        List<Entry> children = new ArrayList<>();
        synchronized (this) {
            for (Entry entry : entries.values()) {
                if (!entry.path().isRoot() && entry.path().parent().equals(collection)) {
                    children.add(entry);
                }
            }
        }
        return new Listing(children, List.of());
    }

    @Override
    public ObjectReader open(DataObject object) {
        calls.add("open " + object.path());
        return new Reader(object);
    }

    @Override
    public Space space() {
        calls.add("space /");
        return space;
    }

    @Override
    public AvuStore avus() {
        return new AvuStore() {
            @Override
            public List<Avu> list(StoragePath path) {
                calls.add("avus " + path);
                return avus.getOrDefault(path, List.of());
            }

            @Override
            public void apply(StoragePath path, List<Operation> operations) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean remove(StoragePath path, Avu avu) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private synchronized Entry find(String operation, StoragePath path) throws StorageException {
        Entry entry = entries.get(path);
        if (entry == null) {
            throw new StorageException(Reason.NOT_FOUND, operation, path.value(), "does not exist");
        }
        return entry;
    }

    private final class Reader implements ObjectReader {
        private final DataObject object;

        Reader(DataObject object) {
            this.object = object;
        }

        @Override
        public DataObject object() {
            return object;
        }

        @Override
        public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
            calls.add("read " + object.path() + " " + offset + "+" + target.remaining() + " " + priority);
            if (offset < 0 || offset + target.remaining() > object.size()) {
                throw new StorageException(Reason.INVALID, "read", object.path().value(), "outside the object");
            }
            for (long at = offset; target.hasRemaining(); at++) {
                // The seed is asked for each byte, so that an overwrite in the middle of a read tears it.
                target.put(byteAt(seedOf(object), at));
            }
        }

        @Override
        public void verifyVersion() throws StorageException {
            calls.add("verify " + object.path());
            if (!(find("verify", object.path()) instanceof DataObject now)
                    || !now.version().equals(object.version())) {
                throw new StorageException(Reason.STALE, "verify", object.path().value(), "was overwritten");
            }
        }

        @Override
        public void close() {
            calls.add("close " + object.path());
        }
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void replace(StoragePath from, StoragePath to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createCollection(StoragePath path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(StoragePath from, StoragePath to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteObject(StoragePath path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteCollection(StoragePath path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        calls.add("close /");
    }
}
