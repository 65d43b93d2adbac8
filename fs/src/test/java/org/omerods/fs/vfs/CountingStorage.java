package org.omerods.fs.vfs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.decorate.ForwardingStorage;

/** Writes down the calls, and fails those that a test plans to fail: before or after they were done. Thread-safe. */
final class CountingStorage extends ForwardingStorage {
    private record Fault(String operation, Reason reason, boolean afterwards) {}

    private record Hold(String operation, boolean afterwards, CountDownLatch latch) {}

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Hold hold;
    private volatile int maxPathBytes = Integer.MAX_VALUE;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();

    CountingStorage(Storage delegate) {
        super(delegate);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    void forget() {
        calls.clear();
    }

    void failNext(String operation, Reason reason) {
        plan(new Fault(operation, reason, false));
    }

    /** The next call is done, and its answer is lost. */
    void loseAnswer(String operation, Reason reason) {
        plan(new Fault(operation, reason, true));
    }

    private void plan(Fault fault) {
        synchronized (faults) {
            faults.add(fault);
        }
    }

    void heal() {
        synchronized (faults) {
            faults.clear();
        }
    }

    /** From now on nothing new may have a longer path. */
    void limitPaths(int bytes) {
        maxPathBytes = bytes;
    }

    @Override
    public int maxPathBytes() {
        return maxPathBytes;
    }

    boolean has(String path) {
        try {
            delegate.stat(new StoragePath(path));
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /** From now on calls of {@code operation} wait; interruptible, as the real ones are. */
    void hold(String operation) {
        hold = new Hold(operation, false, new CountDownLatch(1));
    }

    /** From now on calls of {@code operation} are done, and their answers wait. */
    void holdAnswers(String operation) {
        hold = new Hold(operation, true, new CountDownLatch(1));
    }

    void letGo() {
        Hold held = hold;
        hold = null;
        if (held != null) {
            held.latch().countDown();
        }
    }

    /** How many calls wait now. */
    int waiting() {
        return waiting.get();
    }

    private void pass(String operation, boolean afterwards, StoragePath path) throws StorageException {
        Hold held = hold;
        if (held == null || !held.operation().equals(operation) || held.afterwards() != afterwards) {
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

    private interface Call<T> {
        T run() throws StorageException;
    }

    private <T> T call(String operation, StoragePath path, Call<T> body) throws StorageException {
        calls.add(operation + " " + path);
        pass(operation, false, path);
        Fault fault = null;
        synchronized (faults) {
            for (Fault planned : faults) {
                if (fault == null && planned.operation().equals(operation)) {
                    fault = planned;
                }
            }
            faults.remove(fault);
        }
        if (fault != null && !fault.afterwards()) {
            throw new StorageException(fault.reason(), operation, path.value(), "a planned fault");
        }
        T result = body.run();
        pass(operation, true, path);
        if (fault != null) {
            throw new StorageException(fault.reason(), operation, path.value(), "a lost answer");
        }
        return result;
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return call("stat", path, () -> delegate.stat(path));
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        return call("list", collection, () -> delegate.list(collection));
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return call("open", object.path(), () -> delegate.open(object));
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        return call("put", path, () -> delegate.put(path, mode, content));
    }

    @Override
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return call("grow", path, () -> delegate.grow(path, present)).map(upload -> counted(path, upload));
    }

    private GrowingUpload counted(StoragePath path, GrowingUpload upload) {
        return new GrowingUpload() {
            @Override
            public void send(long offset, int length, Content content) throws StorageException {
                boolean _ = call("send", path, () -> {
                    upload.send(offset, length, content);
                    return true;
                });
            }

            private boolean finished;

            @Override
            public DataObject finish(Content content) throws StorageException {
                DataObject now = call("finish", path, () -> upload.finish(content));
                finished = true;
                return now;
            }

            @Override
            public void close() {
                if (!finished) {
                    calls.add("give up " + path);
                }
                upload.close();
            }
        };
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        return call("overwrite", path, () -> delegate.overwrite(path, base, content));
    }

    @Override
    public void setPermissions(StoragePath path, OptionalInt permissions) throws StorageException {
        boolean _ = call("setPermissions", path, () -> {
            delegate.setPermissions(path, permissions);
            return true;
        });
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        return call("touch", path, () -> delegate.touch(path, modified));
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        return call("link", path, () -> delegate.createLink(path, target));
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        call("mkdir", path, () -> {
            delegate.createCollection(path);
            return path;
        });
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        call("rename", from, () -> {
            delegate.rename(from, to);
            return to;
        });
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        call("replace", from, () -> {
            delegate.replace(from, to);
            return to;
        });
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        call("delete", path, () -> {
            delegate.deleteObject(path);
            return path;
        });
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        call("rmdir", path, () -> {
            delegate.deleteCollection(path);
            return path;
        });
    }
}
