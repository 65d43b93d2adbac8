package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a staged file: what was written lies in the local file, what was not is read from the version that the
 * file was begun with. Thread-safe; writes and truncations exclude each other by the owner's {@link Gate}.
 */
final class StagedBytes {
    private static final Logger log = LoggerFactory.getLogger(StagedBytes.class);

    /** Ranges of an overwritten base that are remembered one by one (8 MB); beyond, the base is fetched as a whole. */
    static final int MAX_RANGES = 65_536;

    /** How much of a base is fetched in one step. */
    private static final int FILL_BYTES = 4 << 20;

    private final StagedData data;
    private final Journal journal;
    private final StagedRoom room;
    private final BaseContents bases;

    /** Guards the fields below; no I/O under it. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Bytes below {@link #baseLimit} that were written. */
    private final RangeSet local;

    private long baseLimit;
    private long size;
    private @Nullable DataObject base;
    private BaseContents.@Nullable Base opened;

    StagedBytes(StagedData data, Journal journal, StagingSpace space, BaseContents bases, Start start) {
        this.data = data;
        this.journal = journal;
        this.room = new StagedRoom(space);
        this.bases = bases;
        this.base = start.base();
        this.baseLimit = start.baseLimit();
        this.local = start.local();
        this.size = start.size();
    }

    /** What it begins with, fresh or recovered. */
    record Start(@Nullable DataObject base, long baseLimit, RangeSet local, long size) {}

    /** Counts what a recovered file holds. */
    void chargeRecovered(long heldBytes) {
        room.chargeRecovered(heldBytes);
    }

    long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of room it uses. */
    long roomBytes() {
        return room.bytes();
    }

    long baseLimit() {
        lock.lock();
        try {
            return baseLimit;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many ranges are remembered that {@link #fill} has to come before the next write. */
    boolean isCrumbled() {
        lock.lock();
        try {
            return local.count() >= MAX_RANGES;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a range can be read without the storage. */
    boolean isLocal(long offset, long length) {
        lock.lock();
        try {
            return local.covers(offset, Math.min(offset + length, baseLimit));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads what there is of a range into {@code target}; waits for the storage where nothing was written.
     *
     * @return how many bytes; fewer than asked only at the end
     */
    int read(long offset, ByteBuffer target, StoragePath path) throws StorageException {
        int length = Math.clamp(size() - offset, 0, target.remaining());
        int end = target.position() + length;
        int limit = target.limit();
        long at = offset;
        while (target.position() < end) {
            Piece piece = pieceAt(at, end - target.position());
            target.limit(target.position() + piece.length());
            if (piece.base() == null) {
                readLocal(at, target, path);
            } else {
                piece.base().read(at, target);
            }
            at += piece.length();
        }
        target.limit(limit);
        return length;
    }

    /** Fills {@code target} with what is local and zeros; returns how many bytes are the base's. */
    long readWhatIsLocal(long offset, ByteBuffer target, StoragePath path) {
        long end = offset + target.remaining();
        long lost;
        lock.lock();
        try {
            lost = local.missing(offset, Math.max(offset, Math.min(end, baseLimit)));
        } finally {
            lock.unlock();
        }
        try {
            data.read(offset, target);
        } catch (IOException e) {
            log.warn("{} at {}: {}", path, offset, e.toString());
            lost = end - offset;
        }
        return lost;
    }

    /** A part of a read that comes from one place; of the local file where {@code base} is null. */
    private record Piece(int length, BaseContents.@Nullable Base base) {}

    private Piece pieceAt(long at, int wanted) {
        lock.lock();
        try {
            long run = at >= baseLimit ? Long.MAX_VALUE : local.endOfRun(at);
            if (run >= baseLimit) {
                return new Piece(wanted, null);
            }
            if (run > at) {
                return new Piece((int) Math.min(wanted, run - at), null);
            }
            long gap = Math.min(local.startOfNext(at), baseLimit) - at;
            return new Piece((int) Math.min(wanted, gap), openedBase());
        } finally {
            lock.unlock();
        }
    }

    private BaseContents.Base openedBase() {
        BaseContents.Base present = opened;
        DataObject from = base;
        if (present == null) {
            if (from == null) {
                throw new IllegalStateException("bytes of a base that is not there");
            }
            present = bases.open(from);
            opened = present;
        }
        return present;
    }

    private void readLocal(long at, ByteBuffer target, StoragePath path) throws StorageException {
        try {
            data.read(at, target);
        } catch (IOException e) {
            throw failed("read", path, e);
        }
    }

    /** How much more room a write needs. */
    long roomFor(long offset, long length) {
        return room.missing(offset, length);
    }

    /**
     * Writes {@code source}, or what the disk takes of it: its position tells. Room for it was reserved.
     *
     * @param reserved bytes of room, of which what is not needed is given back
     */
    void write(long offset, ByteBuffer source, long reserved, StoragePath path) throws StorageException {
        int start = source.position();
        long taken = 0;
        try {
            data.write(offset, source);
            long end = offset + source.position() - start;
            long covered = coveredBelowLimit(offset, end);
            if (covered > offset) {
                journal.local(offset, covered);
            }
            taken = written(offset, end);
        } catch (IOException e) {
            throw failed("write", path, e);
        } finally {
            room.release(reserved - taken);
        }
    }

    /** The end of the part of a write that has to be remembered as not the base's; its start when nothing has to. */
    private long coveredBelowLimit(long offset, long end) {
        lock.lock();
        try {
            long below = Math.min(end, baseLimit);
            return local.covers(offset, below) ? offset : below;
        } finally {
            lock.unlock();
        }
    }

    private long written(long offset, long end) {
        lock.lock();
        try {
            local.add(offset, Math.min(end, baseLimit));
            size = Math.max(size, end);
        } finally {
            lock.unlock();
        }
        return room.take(offset, end);
    }

    /** Makes the file shorter, or longer by zeros. The caller is alone. */
    void truncate(long newSize, StoragePath path) throws StorageException {
        try {
            // The file first: of a process killed in between the next one finds the shorter file, and believes it.
            data.setLength(newSize);
            if (newSize < baseLimit()) {
                journal.baseLimit(newSize);
            }
        } catch (IOException e) {
            throw failed("truncate", path, e);
        }
        lock.lock();
        try {
            baseLimit = Math.min(baseLimit, newSize);
            local.cut(newSize);
            size = newSize;
        } finally {
            lock.unlock();
        }
        room.cut(newSize);
    }

    /**
     * Fetches what is still the base's. The caller is alone.
     *
     * @return false when there is no room for it
     */
    boolean fill(StoragePath path) throws StorageException {
        long limit = baseLimit();
        if (limit == 0) {
            return true;
        }
        long needed = roomFor(0, limit);
        if (!room.tryReserve(needed)) {
            return false;
        }
        long taken = 0;
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(limit, FILL_BYTES));
            for (long at = 0; at < limit; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), limit - at));
                int length = read(at, buffer, path);
                data.write(at, buffer.flip().limit(length));
                if (buffer.hasRemaining()) {
                    throw new IOException("No space left on device");
                }
            }
            journal.baseLimit(0);
            taken = filled(limit);
        } catch (IOException e) {
            throw failed("write", path, e);
        } finally {
            room.release(needed - taken);
        }
        closeBase();
        return true;
    }

    private long filled(long limit) {
        lock.lock();
        try {
            baseLimit = 0;
            local.cut(0);
        } finally {
            lock.unlock();
        }
        return room.take(0, limit);
    }

    /** The storage has all bytes, as {@code now}: what is not local is read from that from now on. */
    void rebase(DataObject now) {
        lock.lock();
        try {
            base = now;
        } finally {
            lock.unlock();
        }
        closeBase();
    }

    /** What is still the base's is to be found there now. */
    void movedTo(StoragePath path) {
        lock.lock();
        try {
            DataObject from = base;
            base = from == null ? null : from.at(path);
        } finally {
            lock.unlock();
        }
    }

    private void closeBase() {
        BaseContents.Base closed;
        lock.lock();
        try {
            closed = opened;
            opened = null;
        } finally {
            lock.unlock();
        }
        if (closed != null) {
            closed.close();
        }
    }

    /** All bytes, as long as the file is now, for an upload; they hold still while the caller is alone. */
    Content content(StoragePath path) {
        long length = size();
        return new Content() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                if (offset >= length) {
                    return -1;
                }
                try {
                    return StagedBytes.this.read(offset, target, path);
                } catch (StorageException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    /** Makes all that was written outlast a power cut. */
    void force() throws IOException {
        data.force();
        journal.force();
    }

    /** Whether all bytes are in the local file, and these are so many. */
    boolean isWhole(long wanted) {
        lock.lock();
        try {
            return size == wanted && local.covers(0, baseLimit);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files and offers the one with the bytes to somebody, who may move it. What is not taken waits for {@link #delete}. */
    void offer(Predicate<Path> taker) throws IOException {
        closeBase();
        journal.delete(); // first: bytes without a journal are nobody's
        data.close();
        boolean _ = taker.test(data.path());
    }

    /** Removes the files and gives the room back. */
    void delete() throws IOException {
        closeBase();
        try {
            journal.delete(); // first: bytes without a journal are nobody's
            data.delete();
        } finally {
            room.cut(0);
        }
    }

    /** Gives the descriptors back until they are needed again. */
    void rest() throws IOException {
        closeBase();
        journal.rest();
        data.rest();
    }

    /** Closes the files and leaves them. */
    void close() throws IOException {
        closeBase();
        journal.close();
        data.close();
    }

    static StorageException failed(String operation, StoragePath path, IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean full = message.contains("No space left") || message.contains("quota");
        return new StorageException(
                full ? Reason.NO_SPACE : Reason.UNAVAILABLE,
                operation,
                path.value(),
                "its local copy failed: " + message + " (staging.directory)",
                e);
    }
}
