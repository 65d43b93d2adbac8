package org.omerods.fs.block;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Part;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Where the bytes of one object version come from: a reader that is opened when it is first needed. Thread-safe. */
final class ObjectSource {
    private final Storage storage;
    private volatile DataObject object;
    private final ReadCounters counters;
    private final VersionGate gate = new VersionGate();

    /** Guards the fields below; held while the reader is opened, so that it is opened once. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable ObjectReader reader;

    /** Readers of former paths that were in use. */
    private final List<ObjectReader> left = new ArrayList<>();

    private int users;
    private boolean retired;

    /** Whether the storage has let the user open the object, and it is still open there. */
    private volatile boolean permitted;

    ObjectSource(Storage storage, DataObject object, ReadCounters counters) {
        this.storage = storage;
        this.object = object;
        this.counters = counters;
    }

    DataObject object() {
        return object;
    }

    /**
     * Fills {@code target} from {@code offset}.
     *
     * @return whether the bytes are known to be of this version; if not, they may not be used before {@link #verify}
     */
    boolean read(long offset, ByteBuffer target, Priority priority) throws StorageException {
        ObjectReader used = acquire();
        try {
            int start = target.position();
            boolean verified = true;
            while (target.hasRemaining()) {
                int before = target.position();
                counters.storageReads.increment();
                boolean part = used.readAndVerify(offset + before - start, target, priority);
                counters.verifications.add(part ? 1 : 0);
                verified &= part;
                requireProgress(before, target);
            }
            permitted = true;
            return verified;
        } finally {
            release();
        }
    }

    /**
     * Fills parts whose targets are at their position 0, in one flight where the place can do that.
     *
     * @return as {@link #read(long, ByteBuffer, Priority)}
     */
    boolean read(List<Part> parts, Priority priority) throws StorageException {
        if (parts.size() == 1) {
            return read(parts.getFirst().offset(), parts.getFirst().target(), priority);
        }
        ObjectReader used = acquire();
        try {
            counters.storageReads.add(parts.size());
            boolean verified = used.readAndVerify(parts, priority);
            counters.verifications.add(verified ? 1 : 0);
            for (Part part : parts) {
                requireProgress(0, part.target());
                int filled = part.target().position();
                verified &= !part.target().hasRemaining() || read(part.offset() + filled, part.target(), priority);
            }
            permitted = true;
            return verified;
        } finally {
            release();
        }
    }

    /** Whether the storage has let the user read the object since it was opened there. */
    boolean isPermitted() {
        return permitted;
    }

    /** This user wrote the object a moment ago. */
    void isOwn() {
        permitted = true;
    }

    /** Asks the storage for a byte, for which it has to let the user open the object. */
    void permit() throws StorageException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        if (!read(0, one, Priority.DEMAND)) {
            verify();
        }
    }

    /** A place that fills less than was asked is asked for the rest; one that fills nothing would be asked for ever. */
    private void requireProgress(int before, ByteBuffer target) throws StorageException {
        if (target.position() <= before) {
            throw new StorageException(
                    Reason.CORRUPT, "read", object.path().value(), "the place answered without any bytes");
        }
    }

    /** Fails unless everything that was read before this call is of this version. */
    void verify() throws StorageException {
        ObjectReader used = acquire();
        try {
            gate.pass(() -> {
                counters.verifications.increment();
                used.verifyVersion();
            });
        } finally {
            release();
        }
    }

    /** It lies elsewhere by now, as the same version: what is read next is read there. */
    void movedTo(StoragePath path) {
        ObjectReader unused;
        lock.lock();
        try {
            object = object.at(path);
            unused = reader;
            reader = null;
            permitted = false;
            if (unused != null && users > 0) {
                left.add(unused);
                unused = null;
            }
        } finally {
            lock.unlock();
        }
        closeReader(unused);
    }

    /** Lets go of the server's descriptors unless a read is under way; the next read opens it again. */
    void closeIfUnused() {
        closeReader(takeIfUnused(false));
    }

    /** Lets go of the server's descriptors as soon as no read is under way. */
    void retire() {
        closeReader(takeIfUnused(true));
    }

    private @Nullable ObjectReader takeIfUnused(boolean forGood) {
        lock.lock();
        try {
            retired |= forGood;
            if (users > 0) {
                return null;
            }
            ObjectReader unused = reader;
            reader = null;
            permitted = false;
            return unused;
        } finally {
            lock.unlock();
        }
    }

    private static void closeReader(@Nullable ObjectReader unused) {
        if (unused != null) {
            unused.close();
        }
    }

    private ObjectReader acquire() throws StorageException {
        lock.lock();
        try {
            ObjectReader opened = reader;
            if (opened == null) {
                opened = storage.open(object);
                reader = opened;
            }
            users++;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        boolean over;
        List<ObjectReader> unused = List.of();
        lock.lock();
        try {
            users--;
            over = retired;
            if (users == 0 && !left.isEmpty()) {
                unused = List.copyOf(left);
                left.clear();
            }
        } finally {
            lock.unlock();
        }
        unused.forEach(ObjectReader::close);
        if (over) {
            closeIfUnused();
        }
    }
}
