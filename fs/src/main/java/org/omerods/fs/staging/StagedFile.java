package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
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
    private static final Logger log = LoggerFactory.getLogger(StagedFile.class);

    private final long number;
    private final Staging staging;
    private final StagedBytes bytes;
    private final Journal journal;
    private final StagedState state;
    private final StagedUpload sending;
    private final StagedChanges changes;
    private final CountDownLatch end = new CountDownLatch(1);

    /** What it begins as. */
    record Start(
            long number,
            StoragePath path,
            @Nullable DataObject base,
            Instant modified,
            @Nullable Instant touched,
            Permissions permissions,
            boolean dirty) {}

    /**
     * The permission bits that are kept beside it, or are to be.
     *
     * @param bits empty: none
     * @param isNew whether the storage has to be told
     */
    record Permissions(OptionalInt bits, boolean isNew) {}

    StagedFile(Staging staging, StagedBytes bytes, Journal journal, StagingSpace space, Start start) {
        this.number = start.number();
        this.staging = staging;
        this.bytes = bytes;
        this.journal = journal;
        this.state = new StagedState(start, bytes.size());
        this.sending = new StagedUpload(staging, state, bytes, journal, start.base());
        this.changes = new StagedChanges(staging, state, bytes, journal, space, sending);
    }

    /** Tells staged files apart, also those of an earlier process. */
    public long number() {
        return number;
    }

    /** Where it lies, or lay when its name was removed. */
    public StoragePath path() {
        return state.path();
    }

    /** The version it was begun with; of a new file one with an id below 0 that no catalog has. */
    public DataObject origin() {
        return state.origin();
    }

    /** Whether a version is what this file was begun with or has become. */
    public boolean isFrom(ObjectVersion version) {
        return state.isFrom(version);
    }

    /** What is to be shown of it: the storage's own words when that has all of it, else size and time as they are here. */
    public DataObject entry() {
        return state.entry(bytes.size());
    }

    public long size() {
        return bytes.size();
    }

    /** Whether the storage lacks something of it. */
    public boolean isDirty() {
        return state.isDirty();
    }

    /** Whether the storage has or had an object for it. */
    public boolean isInStorage() {
        return state.stored().isPresent();
    }

    /** The time that the storage has of it; empty when it has nothing. */
    public Optional<Instant> storedTime() {
        return state.stored().map(DataObject::modified);
    }

    /** Whether whoever asks is its only user. */
    public boolean isUsedOnce() {
        return state.isUsedOnce();
    }

    /** Fetches all that is still only in the storage; false when there is no room for it. */
    public boolean fetch() throws StorageException {
        boolean[] fetched = new boolean[1];
        alone("fetch", () -> fetched[0] = bytes.fill(path()));
        return fetched[0];
    }

    /** Whether its name was removed. */
    public boolean isUnlinked() {
        return state.isUnlinked();
    }

    /** Whether its files are gone, since the storage has it: what it was is to be read from there. */
    public boolean isRetired() {
        return state.isRetired();
    }

    Optional<UploadFailure> failure() {
        return state.failure();
    }

    StagedBytes bytes() {
        return bytes;
    }

    /** One user more, who calls {@link #leave}; false when it is retired. */
    public boolean use() {
        return state.use();
    }

    /** One user less. What is not yet in the storage is uploaded in the background. */
    public void leave() {
        state.leave();
        staging.unused(this);
    }

    /** Of a new file without a byte that was refused nothing stays when nobody can write to it any more. */
    void giveUpIfRefusedEmpty() {
        state.giveUpIfRefusedEmpty(bytes.size());
    }

    /** Takes the last step of its life when nobody uses it and nothing is left to do. True once. */
    boolean retireIfDone() {
        return state.retireIfDone();
    }

    /** While nobody uses it, and the storage may be away for days, it holds no descriptors. */
    void restIfUnused() {
        if (state.isUnused()) {
            try {
                bytes.rest();
            } catch (IOException e) {
                log.warn("Closing the staged file of {}: {}", path(), e.toString());
            }
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
            throw interrupted(operation, path(), e);
        }
    }

    /** Whether nobody has it open, the storage lacks something of it, and nothing was tried yet. */
    boolean isAbandonedDirty() {
        return state.isAbandonedDirty();
    }

    /** The object that it became last; empty when it never was in the storage. */
    Optional<DataObject> lastUploaded() {
        return state.stored();
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
        return changes.tryWrite(offset, source);
    }

    /** Writes {@code source}, or what the disk takes of it: its position tells. Waits for uploads and for room. */
    public void write(long offset, ByteBuffer source) throws StorageException {
        changes.write(offset, source);
    }

    /** Nothing that was sent before its time stays in the storage. The caller is alone. */
    void cancelEarlyUpload() {
        sending.early().ifPresent(EarlyUpload::cancel);
    }

    /** Makes the file shorter, or longer by zeros. */
    public void truncate(long size) throws StorageException {
        changes.truncate(size);
    }

    /** Makes the file at least so long, by zeros. */
    public void extend(long size) throws StorageException {
        if (size > bytes.size()) {
            truncate(size);
        }
    }

    /** Sets the time of modification, which the object gets with the next upload. */
    public void touch(Instant time) throws StorageException {
        changes.touch(time);
    }

    /** Sets the permission bits that are kept beside the object, which it gets with the next upload; empty: none. */
    public void setPermissions(OptionalInt bits) throws StorageException {
        changes.setPermissions(bits);
    }

    /** Does something while nobody writes and nothing is uploaded. */
    void alone(String operation, StagedChanges.Step step) throws StorageException {
        changes.alone(operation, step);
    }

    /** Keeps everybody else away until {@link #letGo}. */
    void hold() throws StorageException {
        changes.enterAlone("rename");
    }

    void letGo() {
        changes.leaveAlone();
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
        state.movedTo(to);
    }

    /** Its name is gone: who has it open keeps it, and nothing is uploaded any more. */
    void unlink() {
        state.unlink();
    }

    /**
     * Returns when the storage has everything that was written before this call.
     *
     * @throws StorageException why it has not; the bytes are kept
     */
    public void synchronize() throws StorageException {
        long wanted = state.changes();
        Optional<CompletableFuture<DataObject>> running = uploadUnlessStored(wanted);
        while (running.isPresent()) {
            await(running.get());
            running = uploadUnlessStored(wanted);
        }
    }

    private Optional<CompletableFuture<DataObject>> uploadUnlessStored(long mark) {
        return state.uploadingUnlessStored(mark, () -> staging.upload(this));
    }

    /** Starts an upload unless one is under way. */
    CompletableFuture<DataObject> startUpload() {
        return state.uploading(() -> staging.upload(this));
    }

    private void await(CompletableFuture<DataObject> running) throws StorageException {
        try {
            running.get();
        } catch (InterruptedException e) {
            throw interrupted("upload", path(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException problem) {
                throw problem.forAnotherCaller();
            }
            throw new StorageException(Reason.CORRUPT, "upload", path().value(), "unexpected " + e.getCause(), e);
        }
    }

    /** The upload itself, on a thread of its own: nobody writes or renames meanwhile. See {@link StagedUpload#run}. */
    void upload(Storage storage, Consumer<DataObject> done) throws StorageException {
        alone("upload", () -> sending.run(storage, done));
    }

    /** The upload that {@link #startUpload} began has ended. */
    void uploadEnded(@Nullable UploadFailure newFailure) {
        state.uploadEnded(newFailure);
    }

    /** An earlier process may have tried to upload it. */
    void recovered() {
        sending.recovered();
    }

    void recovered(UploadFailure earlier) {
        state.failed(earlier);
    }

    void journalParked(String reason) throws IOException {
        journal.parked(reason);
    }

    void journalUnparked() throws IOException {
        journal.dirty();
        state.failed(null);
    }

    static StorageException interrupted(String operation, StoragePath path, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageException(Reason.INTERRUPTED, operation, path.value(), "interrupted while waiting", e);
    }

    @Override
    public String toString() {
        return path().value();
    }
}
