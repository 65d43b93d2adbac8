package org.omerods.storage.irods.write;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.catalog.CatalogChanges;
import org.omerods.storage.irods.session.Backoff;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how a content gets into the zone, and what its failure leaves. A new object is made by one request where it is
 * small. An existing one is overwritten in place, so that number, triples and access list stay; its version is compared
 * under the server's lock. Thread-safe.
 */
public final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    /** Up to here an object is one request; above, the pieces of a pipelined write are as fast and need less memory. */
    private static final long SMALL_BYTES = 4L * 1024 * 1024;

    /** A server notices a broken connection within moments; with growing pauses this is some seconds. */
    private static final int MAX_LOCKED_TRIES = 8;

    private static final int NEW = ObjectMessages.WRITE_ONLY | ObjectMessages.CREATE | ObjectMessages.EXCLUSIVE;

    /** The key word of an open; that of a put is another. */
    private static final String OPENED_IN = "destRescName";

    private final Catalog catalog;
    private final CatalogChanges changes;
    private final Transfer transfer;
    private final Optional<String> resource;

    public Uploads(Catalog catalog, CatalogChanges changes, Transfer transfer, Optional<String> resource) {
        this.catalog = catalog;
        this.changes = changes;
        this.transfer = transfer;
        this.resource = resource;
    }

    /** A new object, or new bytes of whatever object is there. */
    public DataObject put(StoragePath path, WriteMode mode, Content bytes) throws StorageException {
        CheckedContent content = new CheckedContent(path, bytes);
        return switch (mode) {
            case CREATE -> create(content);
            case REPLACE -> {
                Optional<Entry> present = catalog.find(path, "write");
                yield present.isEmpty() ? create(content) : overwriteInPlace(objectOf(present.get()), content, null);
            }
        };
    }

    /** New bytes of exactly one version. */
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content bytes) throws StorageException {
        CheckedContent content = new CheckedContent(path, bytes);
        Optional<DataObject> done = overwriteUnasked(base, content);
        if (done.isPresent()) {
            return done.get();
        }
        DataObject object = objectOf(catalog.stat(path));
        if (object.mayBeOverwrittenFrom(base)) {
            return overwriteInPlace(object, content, object.version());
        }
        if (object.state() == ReplicaState.GOOD && content.isIn(object)) {
            return object;
        }
        if (object.state() == ReplicaState.INTERMEDIATE) {
            throw locked(object);
        }
        throw new StorageException(
                Reason.STALE,
                "write",
                path.value(),
                "was " + base + " when its bytes were changed, is " + object.version() + " of " + object.owner());
    }

    /**
     * The version is compared under the server's lock, so that nothing has to be asked before. Empty when nothing was done:
     * it is another version, gone, or locked, and a question tells which.
     */
    private Optional<DataObject> overwriteUnasked(ObjectVersion base, CheckedContent content) throws StorageException {
        if (truncates(content, base.size()) || content.size() == 0) {
            return Optional.empty();
        }
        ReplicaUpload upload = transfer.newUpload(content);
        Optional<DataObject> now;
        try {
            now = transfer.run(upload, content, ObjectMessages.WRITE_ONLY, Map.of(), base);
        } catch (StorageException e) {
            if (!upload.begun()) {
                log.debug("not overwritten at once: {}", e.getMessage());
                return Optional.empty();
            }
            return Optional.of(afterBroken(content, e));
        }
        return Optional.of(verified(content, now));
    }

    /** A new object, where nothing is: not even what an earlier try may have left. */
    DataObject createNew(StoragePath path, Content bytes) throws StorageException {
        CheckedContent content = new CheckedContent(path, bytes);
        return content.size() <= SMALL_BYTES ? createSmall(content) : createLarge(content);
    }

    private DataObject create(CheckedContent content) throws StorageException {
        try {
            return content.size() <= SMALL_BYTES ? createSmall(content) : createLarge(content);
        } catch (StorageException e) {
            if (e.reason() != Reason.ALREADY_EXISTS) {
                throw e;
            }
            return settleWithPresent(content, e);
        }
    }

    /** What an earlier try left is finished; what is already as it should be is success; else the name is taken. */
    private DataObject settleWithPresent(CheckedContent content, StorageException taken) throws StorageException {
        if (!(catalog.find(content.path(), "write").orElse(null) instanceof DataObject object)) {
            throw taken;
        }
        if (object.state() == ReplicaState.STALE) {
            return overwriteInPlace(object, content, object.version());
        }
        if (object.state() == ReplicaState.INTERMEDIATE) {
            throw locked(object);
        }
        // Two clients that both make the same empty object mean a lock by it: only one of them may succeed.
        if (object.state() == ReplicaState.GOOD && content.size() > 0 && content.isIn(object)) {
            return object;
        }
        throw taken;
    }

    private DataObject createSmall(CheckedContent content) throws StorageException {
        Optional<DataObject> now;
        try {
            now = transfer.putSmall(content, destination("defRescName"));
        } catch (StorageException e) {
            if (e.reason() == Reason.CORRUPT) {
                discard(content.path());
            }
            return afterFailure(content, e);
        }
        return verified(content, now);
    }

    /** See {@link org.omerods.storage.Storage#grow}. */
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return present.isPresent()
                ? transfer.grow(path, ObjectMessages.WRITE_ONLY, Map.of(), present, this)
                : transfer.grow(path, NEW, destination(OPENED_IN), present, this);
    }

    /** Where new objects go, under the name that a call has for it. */
    private Map<String, String> destination(String keyWord) {
        return resource.map(name -> Map.of(keyWord, name)).orElse(Map.of());
    }

    private DataObject createLarge(CheckedContent content) throws StorageException {
        ReplicaUpload upload = transfer.newUpload(content);
        Optional<DataObject> now;
        try {
            now = transfer.run(upload, content, NEW, destination(OPENED_IN), null);
        } catch (StorageException e) {
            if (upload.opened()) {
                DataObject done = afterFailureOrNull(content);
                if (done != null) {
                    return done;
                }
                discard(content.path());
            }
            throw e;
        }
        return verified(content, now);
    }

    private DataObject overwriteInPlace(DataObject object, CheckedContent content, @Nullable ObjectVersion expected)
            throws StorageException {
        if (object.state() == ReplicaState.INTERMEDIATE) {
            throw locked(object);
        }
        boolean truncates = truncates(content, object.size()) || (content.size() == 0 && expected == null);
        int flags = ObjectMessages.WRITE_ONLY | (truncates ? ObjectMessages.TRUNCATE : 0);
        Map<String, String> keyValues = object.resource().isEmpty() ? Map.of() : Map.of("resc_hier", object.resource());
        // An open that truncates tells a size of 0 and no checksum, so the version can only be compared where it does
        // not.
        ObjectVersion underLock = truncates ? null : expected;
        ReplicaUpload upload = transfer.newUpload(content);
        Optional<DataObject> now;
        try {
            now = transfer.run(upload, content, flags, keyValues, underLock);
        } catch (StorageException e) {
            if (e.reason() == Reason.LOCKED) {
                throw locked(object);
            }
            return upload.begun() ? afterBroken(content, e) : afterFailure(content, e);
        }
        return verified(content, now);
    }

    private static boolean truncates(CheckedContent content, long presentBytes) {
        return content.size() < presentBytes;
    }

    /** When the answer was lost, the change may have happened all the same. */
    private DataObject afterFailure(CheckedContent content, StorageException failure) throws StorageException {
        DataObject done = failure.retryable() ? afterFailureOrNull(content) : null;
        return done == null ? rethrow(failure) : done;
    }

    /** The connection that had the lock was dropped. Whoever tries again should not be refused by that. */
    private DataObject afterBroken(CheckedContent content, StorageException failure) throws StorageException {
        if (!failure.retryable()) {
            awaitUnlocked(content.path());
        }
        return afterFailure(content, failure);
    }

    private @Nullable DataObject afterFailureOrNull(CheckedContent content) {
        try {
            return catalog.find(content.path(), "write").orElse(null) instanceof DataObject object
                            && object.state() == ReplicaState.GOOD
                            && content.isIn(object)
                    ? object
                    : null;
        } catch (StorageException e) {
            log.debug("after a failed upload: {}", e.getMessage());
            return null;
        }
    }

    private static DataObject rethrow(StorageException failure) throws StorageException {
        throw failure;
    }

    /** Compares what the catalog has with what was sent; a good object with wrong bytes is made stale. */
    DataObject verified(CheckedContent content, Optional<DataObject> now) throws StorageException {
        String path = content.path().value();
        DataObject object = now.filter(present -> present.state() == ReplicaState.GOOD)
                .orElseThrow(() ->
                        new StorageException(Reason.STALE, "write", path, "somebody else changes it at this moment"));
        if (!content.isNotIn(object)) {
            return object;
        }
        transfer.markStale(content);
        throw new StorageException(
                Reason.CORRUPT,
                "write",
                path,
                "the server has " + object.version() + ", which is not what was sent: it was marked as stale");
    }

    /** The connection of an upload was dropped: of a new object nothing is to stay, and another one is not to stay locked. */
    void afterGivingUp(StoragePath path, boolean isNew) {
        if (isNew) {
            discard(path);
        } else {
            awaitUnlocked(path);
        }
    }

    /** Waits until the server has noticed that an upload was given up, so that the next one is not refused by its lock. */
    private void awaitUnlocked(StoragePath path) {
        try {
            for (int tries = 1; tries <= MAX_LOCKED_TRIES && isLocked(path); tries++) {
                Backoff.pause(tries);
            }
        } catch (StorageException e) {
            log.debug("after an upload that was given up: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLocked(StoragePath path) throws StorageException {
        return catalog.find(path, "write").orElse(null) instanceof DataObject object
                && object.state() == ReplicaState.INTERMEDIATE;
    }

    /** Removes what is left of an upload that was given up. */
    private void discard(StoragePath path) {
        try {
            changes.deleteWhenUnlocked(path);
        } catch (StorageException e) {
            log.warn("an unfinished object stays behind, stale: {}", e.getMessage());
        }
    }

    private static StorageException locked(DataObject object) {
        return new StorageException(
                Reason.LOCKED,
                "write",
                object.path().value(),
                "it is being written since " + object.modified() + "; its owner is " + object.owner());
    }

    private static DataObject objectOf(Entry entry) throws StorageException {
        return switch (entry) {
            case DataObject object -> object;
            case Collection collection ->
                throw new StorageException(
                        Reason.IS_A_COLLECTION, "write", collection.path().value(), "it is a collection");
            case SymbolicLink link ->
                throw new StorageException(Reason.INVALID, "write", link.path().value(), "it is a symbolic link");
        };
    }
}
