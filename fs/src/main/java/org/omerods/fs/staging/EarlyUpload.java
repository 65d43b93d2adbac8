package org.omerods.fs.staging;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a large new file while it is still being written, so that its close waits for the rest alone. It follows what is
 * written from the beginning on without a gap; what is written anew after it was sent is sent once more at the end. It is a
 * matter of speed only: whatever goes wrong, the file is uploaded as a whole at its close. Once for each file. Thread-safe.
 */
final class EarlyUpload {
    private static final Logger log = LoggerFactory.getLogger(EarlyUpload.class);

    private static final int PIECE_BYTES = 4 << 20;

    /** So long an object stays locked in the storage for a writer who does not go on. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum State {
        WAITING,
        SENDING,
        FINISHING,
        ENDED
    }

    private final Storage storage;
    private final StagedBytes bytes;
    private final Optional<ObjectVersion> present;
    private final long minBytes;
    private final int pieceBytes;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How the sending thread ended; empty when it brought nothing. */
    private final CompletableFuture<Optional<DataObject>> ending = new CompletableFuture<>();

    /** All below guarded by the lock. */
    private State state = State.WAITING;

    /** Everything before it was written. */
    private long front;

    /** Everything before it was sent, or is about to be read for that. */
    private long sent;

    /** What was written after it was sent. */
    private final RangeSet again = new RangeSet();

    private long nextTry;
    private @Nullable Content content;
    private @Nullable Thread sender;

    /**
     * @param present the object without bytes that the storage has of the file; empty: none
     * @param minBytes from this length on a file is sent early
     * @param patience how long it may rest
     */
    EarlyUpload(Storage storage, StagedBytes bytes, Optional<ObjectVersion> present, long minBytes, Duration patience) {
        this.storage = storage;
        this.bytes = bytes;
        this.present = present;
        this.minBytes = minBytes;
        this.pieceBytes = (int) Math.min(PIECE_BYTES, minBytes);
        this.patience = patience;
        this.nextTry = minBytes;
    }

    /** Bytes were written a moment ago, into a file that lies at {@code path} now. Quick. */
    void written(long start, long end, StoragePath path) {
        lock.lock();
        try {
            if (state == State.ENDED) {
                return;
            }
            if (start <= front) {
                front = Math.max(front, end);
            }
            if (start < sent) {
                again.add(start, Math.min(end, sent));
            }
            if (state == State.WAITING && front >= nextTry) {
                state = State.SENDING;
                sender = Thread.ofVirtual().name("early-upload").start(() -> run(path));
            } else if (front - sent >= pieceBytes) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the storage may have something of it. */
    boolean wasBegun() {
        lock.lock();
        try {
            return sender != null;
        } finally {
            lock.unlock();
        }
    }

    /** The file gets shorter than what was sent, another name, or none: nothing of it stays in the storage. */
    void cancel() {
        lock.lock();
        try {
            State before = state;
            state = State.ENDED;
            Thread running = sender;
            if (running == null || before == State.WAITING || before == State.ENDED) {
                return;
            }
            running.interrupt();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        var _ = ending.handle((_, _) -> true).join();
    }

    /** As {@link #cancel} when more than {@code size} was sent. */
    void cutTo(long size) {
        lock.lock();
        try {
            front = Math.min(front, size);
            if (sent <= size) {
                return;
            }
        } finally {
            lock.unlock();
        }
        cancel();
    }

    /**
     * Sends the rest and makes the object good. The file holds still meanwhile.
     *
     * @param whole all of the file
     * @return empty when nothing was begun, or it failed: the file is to be uploaded as a whole
     */
    Optional<DataObject> finish(Content whole) throws InterruptedException {
        lock.lock();
        try {
            boolean sending = state == State.SENDING;
            state = sending ? State.FINISHING : State.ENDED;
            if (!sending) {
                return Optional.empty();
            }
            content = whole;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean done = false;
        try {
            Optional<DataObject> now = ending.get();
            done = true;
            return now;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an early upload ends with a result", e);
        } finally {
            if (!done) {
                cancel();
            }
        }
    }

    private void run(StoragePath path) {
        Optional<DataObject> result = Optional.empty();
        boolean refused = false;
        try {
            Optional<GrowingUpload> upload = storage.grow(path, present);
            refused = upload.isEmpty();
            if (upload.isPresent()) {
                result = send(upload.get(), path);
            }
        } catch (StorageException e) {
            log.debug("{} is uploaded when it is closed: {}", path, e.getMessage());
        } catch (InterruptedException _) {
            log.debug("{} is uploaded when it is closed: cancelled", path);
        } catch (RuntimeException | Error e) {
            log.error("sending {} early broke", path, e);
        }
        end(result, refused);
    }

    private void end(Optional<DataObject> result, boolean refused) {
        lock.lock();
        try {
            if (refused && state == State.SENDING) {
                state = State.WAITING; // others have the connections: later perhaps
                nextTry = front + minBytes;
                sender = null;
                return;
            }
            state = State.ENDED;
        } finally {
            lock.unlock();
        }
        ending.complete(result);
    }

    private Optional<DataObject> send(GrowingUpload upload, StoragePath path)
            throws StorageException, InterruptedException {
        try {
            for (Optional<Piece> piece = next(); piece.isPresent(); piece = next()) {
                int length = piece.get().length();
                if (length == 0) {
                    return Optional.of(upload.finish(piece.get().whole()));
                }
                upload.send(piece.get().offset(), length, bytes.content(path));
            }
            return Optional.empty();
        } finally {
            boolean _ = Thread.interrupted(); // the close has something to ask of the storage
            upload.close();
        }
    }

    /** What to send next; of length 0 when everything was, with the content that it was. */
    private record Piece(long offset, int length, Content whole) {}

    /** Waits for it; empty when it is to be given up. */
    private Optional<Piece> next() throws InterruptedException {
        lock.lock();
        try {
            while (state == State.SENDING && front - sent < pieceBytes) {
                if (!changed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Optional.empty();
                }
            }
            if (state == State.ENDED) {
                return Optional.empty();
            }
            Content whole = content == null ? Content.of(new byte[0]) : content;
            long end = content == null ? front : whole.size();
            if (sent < end) {
                int length = (int) Math.min(pieceBytes, end - sent);
                sent += length;
                return Optional.of(new Piece(sent - length, length, whole));
            }
            return Optional.of(nextAgain(whole));
        } finally {
            lock.unlock();
        }
    }

    private Piece nextAgain(Content whole) {
        long start = again.startOfNext(-1);
        if (start == Long.MAX_VALUE) {
            return new Piece(0, 0, whole);
        }
        int length = (int) Math.min(pieceBytes, again.endOfRun(start) - start);
        again.cutFront(start + length);
        return new Piece(start, length, whole);
    }
}
