package org.omerods.fs.staging;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is being written: what its readers and writers on this mount see, until it is in the storage and nobody uses
 * it any more. All who have it open share it. Thread-safe.
 */
public final class StagedFile {
    /** Versions that one staged file became, for handles that were opened on one of them. */
    private static final int MAX_LINEAGE = 64;

    private static final Logger log = LoggerFactory.getLogger(StagedFile.class);

    private final long number;
    private final Staging staging;
    private final StagedBytes bytes;
    private final Journal journal;
    private final StagingSpace space;
    private final DataObject origin;

    /** Changed by who is alone. */
    private volatile Optional<EarlyUpload> early;

    private final Gate gate = new Gate();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Guards the fields below; no I/O under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private StoragePath path;
    private @Nullable DataObject base;
    private final Deque<ObjectVersion> lineage = new ArrayDeque<>();
    private Instant modified;
    private @Nullable Instant touched;
    private long changes;
    private long uploadedChanges;

    /** What {@code changes} was after the last change of bytes: later ones set the time alone. */
    private long lastOfBytes;

    private int users;
    private boolean unlinked;
    private boolean retired;
    private @Nullable CompletableFuture<DataObject> upload;
    private @Nullable UploadFailure failure;

    /** Whether a first upload was tried; written by who is alone. */
    private volatile boolean tried;

    /** What it begins as. */
    record Start(
            long number,
            StoragePath path,
            @Nullable DataObject base,
            Instant modified,
            @Nullable Instant touched,
            boolean dirty) {}

    StagedFile(Staging staging, StagedBytes bytes, Journal journal, StagingSpace space, Start start) {
        this.number = start.number();
        this.staging = staging;
        this.bytes = bytes;
        this.journal = journal;
        this.space = space;
        this.path = start.path();
        this.base = start.base();
        this.modified = start.modified();
        this.touched = start.touched();
        this.changes = start.dirty() ? 1 : 0;
        this.lastOfBytes = changes;
        this.origin = requireNonNullElse(start.base(), provisional());
        this.lineage.add(origin.version());
        this.early = staging.earlyUploadOf(bytes, start.base());
    }

    /** Tells staged files apart, also those of an earlier process. */
    public long number() {
        return number;
    }

    /** Where it lies, or lay when its name was removed. */
    public StoragePath path() {
        lock.lock();
        try {
            return path;
        } finally {
            lock.unlock();
        }
    }

    /** The version it was begun with; of a new file one with an id below 0 that no catalog has. */
    public DataObject origin() {
        return origin;
    }

    /** Whether a version is what this file was begun with or has become. */
    public boolean isFrom(ObjectVersion version) {
        lock.lock();
        try {
            return lineage.contains(version);
        } finally {
            lock.unlock();
        }
    }

    /** What is to be shown of it: the storage's own words when that has all of it, else size and time as they are here. */
    public DataObject entry() {
        lock.lock();
        try {
            DataObject from = base;
            if (from != null && changes == uploadedChanges) {
                return from.at(path);
            }
            return from == null ? provisional() : with(from, bytes.size());
        } finally {
            lock.unlock();
        }
    }

    private DataObject with(DataObject from, long size) {
        ObjectVersion version = new ObjectVersion(from.id(), from.version().replica(), size, shownTime(), "");
        return new DataObject(
                path, version, ReplicaState.GOOD, from.resource(), from.replicaCount(), from.owner(), from.created());
    }

    private DataObject provisional() {
        ObjectVersion version = new ObjectVersion(-number, 0, bytes.size(), shownTime(), "");
        return new DataObject(path, version, ReplicaState.GOOD, "", 1, "", modified);
    }

    private Instant shownTime() {
        return requireNonNullElse(touched, modified);
    }

    public long size() {
        return bytes.size();
    }

    /** Whether the storage lacks something of it. */
    public boolean isDirty() {
        lock.lock();
        try {
            return !unlinked && changes != uploadedChanges;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the storage has or had an object for it. */
    public boolean isInStorage() {
        lock.lock();
        try {
            return base != null;
        } finally {
            lock.unlock();
        }
    }

    /** The time that the storage has of it; empty when it has nothing. */
    public Optional<Instant> storedTime() {
        lock.lock();
        try {
            return Optional.ofNullable(base).map(DataObject::modified);
        } finally {
            lock.unlock();
        }
    }

    /** Whether whoever asks is its only user. */
    public boolean isUsedOnce() {
        lock.lock();
        try {
            return users == 1;
        } finally {
            lock.unlock();
        }
    }

    /** Fetches all that is still only in the storage; false when there is no room for it. */
    public boolean fetch() throws StorageException {
        boolean[] fetched = new boolean[1];
        alone("fetch", () -> fetched[0] = bytes.fill(path()));
        return fetched[0];
    }

    /** Whether its name was removed. */
    public boolean isUnlinked() {
        lock.lock();
        try {
            return unlinked;
        } finally {
            lock.unlock();
        }
    }

    /** Whether its files are gone, since the storage has it: what it was is to be read from there. */
    public boolean isRetired() {
        lock.lock();
        try {
            return retired;
        } finally {
            lock.unlock();
        }
    }

    Optional<UploadFailure> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    boolean isUploading() {
        lock.lock();
        try {
            return upload != null;
        } finally {
            lock.unlock();
        }
    }

    StagedBytes bytes() {
        return bytes;
    }

    /** One user more, who calls {@link #leave}; false when it is retired. */
    public boolean use() {
        lock.lock();
        try {
            users += retired ? 0 : 1;
            return !retired;
        } finally {
            lock.unlock();
        }
    }

    /** One user less. What is not yet in the storage is uploaded in the background. */
    public void leave() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
        staging.unused(this);
    }

    /** Takes the last step of its life when nobody uses it and nothing is left to do. True once. */
    boolean retireIfDone() {
        lock.lock();
        try {
            boolean done = users == 0 && upload == null && (unlinked || changes == uploadedChanges);
            if (!done || retired) {
                return false;
            }
            retired = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing leads to it any more. */
    void ended() {
        end.countDown();
    }

    /**
     * One user more, who calls {@link #leave}. When it is retired false, after its end: until then its last state may still
     * be shown, and told to others.
     */
    public boolean useOrAwaitEnd(String operation) throws StorageException {
        if (use()) {
            return true;
        }
        try {
            end.await();
            return false;
        } catch (InterruptedException e) {
            throw interrupted(operation, e);
        }
    }

    /** Whether nobody has it open, the storage lacks something of it, and nothing was tried yet. */
    boolean isAbandonedDirty() {
        lock.lock();
        try {
            return users == 0 && upload == null && failure == null && !unlinked && changes != uploadedChanges;
        } finally {
            lock.unlock();
        }
    }

    /** The object that it became last; null when it never was in the storage. */
    @Nullable
    DataObject lastUploaded() {
        lock.lock();
        try {
            DataObject now = base;
            return now == null ? null : now.at(path);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a range can be read without waiting for the storage. */
    public boolean isLocal(long offset, int length) {
        return bytes.isLocal(offset, length);
    }

    /**
     * Reads into {@code target}.
     *
     * @return how many bytes; fewer than asked only at the end
     */
    public int read(long offset, ByteBuffer target) throws StorageException {
        return bytes.read(offset, target, path());
    }

    /**
     * Writes {@code source}, or what the disk takes of it: its position tells. False when it would have to wait; nothing is
     * written then.
     */
    public boolean tryWrite(long offset, ByteBuffer source) throws StorageException {
        if (bytes.isCrumbled() || !gate.tryEnter()) {
            return false;
        }
        try {
            long room = bytes.roomFor(offset, source.remaining());
            if (!space.tryReserve(room)) {
                return false;
            }
            return write(offset, source, room, path());
        } finally {
            gate.leave();
        }
    }

    /** Writes {@code source}, or what the disk takes of it: its position tells. Waits for uploads and for room. */
    public void write(long offset, ByteBuffer source) throws StorageException {
        long deadline = space.deadline();
        while (!writeWhatFits(offset, source)) {
            if (!staging.makesRoom() && !space.awaitRelease(deadline, path())) {
                throw new StorageException(
                        Reason.NO_SPACE, "write", path().value(), "the disk of staging.directory is full");
            }
        }
    }

    /** False when the disk takes nothing. */
    private boolean writeWhatFits(long offset, ByteBuffer source) throws StorageException {
        StoragePath to = path();
        if (bytes.isCrumbled()) {
            alone("write", () -> {
                if (!bytes.fill(to)) {
                    space.reserve(to, Long.MAX_VALUE);
                }
            });
        }
        // Before the gate: room comes from uploads, and one may be waiting for this file to hold still.
        long room = bytes.roomFor(offset, source.remaining());
        space.reserve(to, room);
        boolean entered = false;
        try {
            gate.enter();
            entered = true;
        } catch (InterruptedException e) {
            throw interrupted("write", e);
        } finally {
            if (!entered) {
                space.release(room);
            }
        }
        try {
            return write(offset, source, room, to);
        } finally {
            gate.leave();
        }
    }

    private boolean write(long offset, ByteBuffer source, long room, StoragePath to) throws StorageException {
        int start = source.position();
        long unused = room;
        try {
            changing(to);
            unused = 0; // what follows gives back what it does not use
            bytes.write(offset, source, room, to);
        } catch (StorageException e) {
            if (e.reason() != Reason.NO_SPACE) {
                throw e;
            }
            return false;
        } finally {
            space.release(unused);
        }
        changed();
        long end = offset + source.position() - start;
        early.ifPresent(begun -> begun.written(offset, end, path()));
        return true;
    }

    /** Nothing that was sent before its time stays in the storage. The caller is alone. */
    void cancelEarlyUpload() {
        early.ifPresent(EarlyUpload::cancel);
    }

    /** Makes the file shorter, or longer by zeros. */
    public void truncate(long size) throws StorageException {
        alone("truncate", () -> {
            early.ifPresent(begun -> begun.cutTo(size));
            changing(path());
            bytes.truncate(size, path());
            changed();
        });
    }

    /** Makes the file at least so long, by zeros. */
    public void extend(long size) throws StorageException {
        if (size > bytes.size()) {
            truncate(size);
        }
    }

    /** Sets the time of modification, which the object gets with the next upload. */
    public void touch(Instant time) throws StorageException {
        alone("touch", () -> {
            changing(path());
            try {
                journal.time(time);
            } catch (IOException e) {
                throw StagedBytes.failed("touch", path(), e);
            }
            lock.lock();
            try {
                changes++;
                touched = time;
            } finally {
                lock.unlock();
            }
        });
    }

    /** Before the first change of a file that the storage has: a process that comes after this one must know. */
    private void changing(StoragePath to) throws StorageException {
        boolean clean;
        lock.lock();
        try {
            clean = changes == uploadedChanges || touched != null;
        } finally {
            lock.unlock();
        }
        if (clean) {
            try {
                journal.dirty();
            } catch (IOException e) {
                throw StagedBytes.failed("write", to, e);
            }
        }
    }

    private void changed() {
        Instant now = staging.now();
        lock.lock();
        try {
            lastOfBytes = ++changes;
            modified = now;
            touched = null;
        } finally {
            lock.unlock();
        }
    }

    /** Something to do while nobody writes and nothing is uploaded. */
    @FunctionalInterface
    interface Step {
        void run() throws StorageException;
    }

    void alone(String operation, Step step) throws StorageException {
        try {
            gate.enterAlone();
        } catch (InterruptedException e) {
            throw interrupted(operation, e);
        }
        try {
            step.run();
        } finally {
            gate.leaveAlone();
        }
    }

    /** Keeps everybody else away until {@link #letGo}. */
    void hold() throws StorageException {
        try {
            gate.enterAlone();
        } catch (InterruptedException e) {
            throw interrupted("rename", e);
        }
    }

    void letGo() {
        gate.leaveAlone();
    }

    /** It lies elsewhere now. The caller is alone. */
    void movedTo(StoragePath to) {
        try {
            journal.moved(to);
        } catch (IOException e) {
            // It is moved all the same. Of a process that ends before its upload the next one knows the old path
            // only, finds no object there, and asks a person.
            log.warn("{} is {} now, which cannot be written down: {}", path(), to, e.toString());
        }
        bytes.movedTo(to);
        lock.lock();
        try {
            path = to;
        } finally {
            lock.unlock();
        }
    }

    /** Its name is gone: who has it open keeps it, and nothing is uploaded any more. */
    void unlink() {
        lock.lock();
        try {
            unlinked = true;
            failure = null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when the storage has everything that was written before this call.
     *
     * @throws StorageException why it has not; the bytes are kept
     */
    public void synchronize() throws StorageException {
        long wanted;
        lock.lock();
        try {
            wanted = changes;
        } finally {
            lock.unlock();
        }
        while (true) {
            CompletableFuture<DataObject> running;
            lock.lock();
            try {
                if (unlinked || uploadedChanges >= wanted) {
                    return;
                }
                running = uploadUnderLock();
            } finally {
                lock.unlock();
            }
            await(running);
        }
    }

    /** Starts an upload unless one is under way. */
    CompletableFuture<DataObject> startUpload() {
        lock.lock();
        try {
            return uploadUnderLock();
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<DataObject> uploadUnderLock() {
        CompletableFuture<DataObject> running = upload;
        if (running == null) {
            running = staging.upload(this);
            upload = running;
        }
        return running;
    }

    private void await(CompletableFuture<DataObject> running) throws StorageException {
        try {
            running.get();
        } catch (InterruptedException e) {
            throw interrupted("upload", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException problem) {
                throw problem.forAnotherCaller();
            }
            throw new StorageException(Reason.CORRUPT, "upload", path().value(), "unexpected " + e.getCause(), e);
        }
    }

    /**
     * The upload itself, on a thread of its own: nobody writes or renames meanwhile.
     *
     * @param done hears of the new version, if there was something to do, while the file still has the path of it: told
     *     later, a rename could come between, and the old name would be believed again
     */
    void upload(Storage storage, Consumer<DataObject> done) throws StorageException {
        try {
            gate.enterAlone();
        } catch (InterruptedException e) {
            throw interrupted("upload", e);
        }
        try {
            if (!isDirty()) {
                return;
            }
            StoragePath to = path();
            long mark;
            boolean bytesToo;
            DataObject from;
            Instant time;
            lock.lock();
            try {
                mark = changes;
                bytesToo = lastOfBytes > uploadedChanges;
                from = base;
                time = touched;
            } finally {
                lock.unlock();
            }
            DataObject now =
                    bytesToo || from == null || !isStill(storage, to, from) ? send(storage, to, from) : from.at(to);
            if (time != null) {
                now = touch(storage, now.at(to), time);
            }
            accepted(now, mark);
            done.accept(now);
        } finally {
            gate.leaveAlone();
        }
    }

    /** Whether the storage has that version and no other: then a time that was set is all there is to tell it. */
    private static boolean isStill(Storage storage, StoragePath path, DataObject from) throws StorageException {
        return storage.stat(path) instanceof DataObject found && found.version().equals(from.version());
    }

    private DataObject send(Storage storage, StoragePath to, @Nullable DataObject from) throws StorageException {
        bytes.fill(to);
        Content content = bytes.content(to);
        Optional<DataObject> sent = finishEarly(content);
        if (sent.isPresent()) {
            return sent.get();
        }
        return from == null ? create(storage, to, content) : storage.overwrite(to, from.version(), content);
    }

    /** A first upload whose answer was lost may have been done: what is there then has these bytes, or is somebody else's. */
    private DataObject create(Storage storage, StoragePath to, Content content) throws StorageException {
        boolean triedBefore = tried;
        tried = true;
        try {
            return storage.put(to, WriteMode.CREATE, content);
        } catch (StorageException e) {
            if (!triedBefore
                    || e.reason() != Reason.ALREADY_EXISTS
                    || !(storage.stat(to) instanceof DataObject found)) {
                throw e;
            }
            ObjectVersion version = found.version();
            ObjectVersion broken = new ObjectVersion(
                    version.id(), version.replica(), version.size(), Instant.EPOCH, version.checksum());
            return storage.overwrite(to, broken, content);
        }
    }

    private Optional<DataObject> finishEarly(Content content) throws StorageException {
        if (early.isEmpty()) {
            return Optional.empty();
        }
        EarlyUpload begun = early.get();
        try {
            Optional<DataObject> sent = begun.finish(content);
            tried |= begun.wasBegun();
            return sent;
        } catch (InterruptedException e) {
            throw interrupted("upload", e);
        }
    }

    /** The time is a courtesy: where the storage will not have it the bytes are uploaded all the same. */
    private static DataObject touch(Storage storage, DataObject now, Instant time) throws StorageException {
        try {
            return storage.touch(now.path(), time) instanceof DataObject touchedObject ? touchedObject : now;
        } catch (StorageException e) {
            if (UploadFailure.passes(e.reason())) {
                throw e;
            }
            log.warn("{} keeps the time of its upload: {}", now.path(), e.getMessage());
            return now;
        }
    }

    private void accepted(DataObject now, long mark) {
        bytes.rebase(now);
        early = staging.earlyUploadOf(bytes, now);
        try {
            journal.uploaded(now, bytes.baseLimit());
        } catch (IOException e) {
            // The storage has it all the same. The next process would upload it once more, or find it changed and ask.
            log.warn("The upload of {} cannot be written down: {}", now.path(), e.toString());
        }
        lock.lock();
        try {
            base = now;
            uploadedChanges = mark;
            modified = now.modified();
            touched = null;
            failure = null;
            lineage.addLast(now.version());
            if (lineage.size() > MAX_LINEAGE) {
                lineage.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The upload that {@link #startUpload} began has ended. */
    void uploadEnded(@Nullable UploadFailure newFailure) {
        lock.lock();
        try {
            upload = null;
            if (newFailure != null) {
                failure = newFailure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** An earlier process may have tried to upload it. */
    void recovered() {
        tried = true;
    }

    void recovered(UploadFailure earlier) {
        lock.lock();
        try {
            failure = earlier;
        } finally {
            lock.unlock();
        }
    }

    void journalParked(String reason) throws IOException {
        journal.parked(reason);
    }

    void journalUnparked() throws IOException {
        journal.dirty();
        lock.lock();
        try {
            failure = null;
        } finally {
            lock.unlock();
        }
    }

    private StorageException interrupted(String operation, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageException(Reason.INTERRUPTED, operation, path().value(), "interrupted while waiting", e);
    }

    @Override
    public String toString() {
        return path().value();
    }
}
