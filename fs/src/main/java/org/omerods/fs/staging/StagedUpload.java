package org.omerods.fs.staging;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what changed of a staged file into the storage: its bytes as a whole, or its time alone. Used by who is alone with the file. */
final class StagedUpload {
    private static final Logger log = LoggerFactory.getLogger(StagedUpload.class);

    private final Staging staging;
    private final StagedState state;
    private final StagedBytes bytes;
    private final Journal journal;

    /** Read by writers, too. */
    private volatile Optional<EarlyUpload> early;

    /** Whether a first upload was tried. */
    private volatile boolean tried;

    StagedUpload(Staging staging, StagedState state, StagedBytes bytes, Journal journal, @Nullable DataObject base) {
        this.staging = staging;
        this.state = state;
        this.bytes = bytes;
        this.journal = journal;
        this.early = staging.earlyUploadOf(bytes, base);
    }

    /** What is sent while the file is still being written. */
    Optional<EarlyUpload> early() {
        return early;
    }

    /** An earlier process may have tried to upload it. */
    void recovered() {
        tried = true;
    }

    /**
     * Does it.
     *
     * @param done hears of the new version, if there was something to do, while the file still has the path of it: told
     *     later, a rename could come between, and the old name would be believed again
     */
    void run(Storage storage, Consumer<DataObject> done) throws StorageException {
        Optional<StagedState.Pending> pending = state.pending();
        if (pending.isEmpty()) {
            return;
        }
        StagedState.Pending what = pending.get();
        StoragePath to = what.path();
        DataObject from = what.base();
        DataObject now =
                what.bytes() || from == null || !isStill(storage, to, from) ? send(storage, to, from) : from.at(to);
        OptionalInt permissions = permissions(storage, what);
        Instant time = what.time();
        if (time != null) {
            now = touch(storage, now.at(to), time);
        }
        now = now.with(permissions);
        accepted(now, what);
        done.accept(now);
    }

    /** Whether the storage has that version and no other: then a time that was set is all there is to tell it. */
    private static boolean isStill(Storage storage, StoragePath path, DataObject from) throws StorageException {
        return storage.stat(path) instanceof DataObject found && found.version().equals(from.version());
    }

    private DataObject send(Storage storage, StoragePath to, @Nullable DataObject from) throws StorageException {
        bytes.fill(to);
        Content content = bytes.content(to);
        Optional<DataObject> sent = finishEarly(to, content);
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

    private Optional<DataObject> finishEarly(StoragePath to, Content content) throws StorageException {
        if (early.isEmpty()) {
            return Optional.empty();
        }
        EarlyUpload begun = early.get();
        try {
            Optional<DataObject> sent = begun.finish(content);
            tried |= begun.wasBegun();
            return sent;
        } catch (InterruptedException e) {
            throw StagedFile.interrupted("upload", to, e);
        }
    }

    /** What is kept beside it then. As with the time: where the storage will not have them the bytes are there all the same. */
    private static OptionalInt permissions(Storage storage, StagedState.Pending what) throws StorageException {
        OptionalInt wanted = what.permissions().bits();
        if (!what.permissions().isNew()) {
            return wanted;
        }
        try {
            storage.setPermissions(what.path(), wanted);
            return wanted;
        } catch (StorageException e) {
            if (UploadFailure.passes(e.reason())) {
                throw e;
            }
            log.warn("{} does not get the permissions that a program set: {}", what.path(), e.getMessage());
            DataObject base = what.base();
            return base == null ? OptionalInt.empty() : base.permissions();
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

    private void accepted(DataObject now, StagedState.Pending what) {
        bytes.rebase(now);
        early = staging.earlyUploadOf(bytes, now);
        try {
            journal.uploaded(now, bytes.baseLimit());
            if (!now.permissions().equals(what.permissions().bits())) {
                journal.permissions(new StagedFile.Permissions(now.permissions(), false));
            }
        } catch (IOException e) {
            // The storage has it all the same. The next process would upload it once more, or find it changed and ask.
            log.warn("The upload of {} cannot be written down: {}", now.path(), e.toString());
        }
        state.accepted(now, what.mark());
    }
}
