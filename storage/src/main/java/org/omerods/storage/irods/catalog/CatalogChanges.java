package org.omerods.storage.irods.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.session.Backoff;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.CatalogMessages;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of names: make, move, remove. Thread-safe. */
public final class CatalogChanges {
    /** A server notices the end of a writer's connection and takes the lock away: this often it is looked for. */
    private static final int MAX_LOCKED_TRIES = 10;

    /** Name of a target that is being replaced, until that is done; seen only if this program ends in between. */
    private static final String REPLACED_PREFIX = ".omerods-replaced-";

    private static final Logger log = LoggerFactory.getLogger(CatalogChanges.class);

    private final Catalog catalog;
    private final CatalogCalls calls;

    CatalogChanges(Catalog catalog, CatalogCalls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    public void createCollection(StoragePath path) throws StorageException {
        send("make collection", path, Request.of(Api.COLL_CREATE, CatalogMessages.collection(path.value(), Map.of())))
                .orThrow("make collection", path.value());
    }

    public void deleteObject(StoragePath path) throws StorageException {
        Map<String, String> force = Map.of("forceFlag", "");
        Reply reply =
                send("delete", path, Request.of(Api.DATA_OBJ_UNLINK, ObjectMessages.objectPath(path.value(), force)));
        if (reply.is(ErrorCode.CAT_NO_ROWS_FOUND)
                && catalog.find(path, "delete")
                        .filter(Collection.class::isInstance)
                        .isPresent()) {
            throw new StorageException(Reason.IS_A_COLLECTION, "delete", path.value(), "it is a collection");
        }
        reply.orThrow("delete", path.value());
    }

    /** Removes an object whose writer's connection was just dropped, as soon as the server has noticed. */
    public void deleteWhenUnlocked(StoragePath path) throws StorageException {
        for (int tries = 1; ; tries++) {
            try {
                deleteObject(path);
                return;
            } catch (StorageException e) {
                if (e.reason() != Reason.LOCKED || tries == MAX_LOCKED_TRIES) {
                    throw e;
                }
                pause(tries, path);
            }
        }
    }

    private static void pause(int tries, StoragePath path) throws StorageException {
        try {
            Backoff.pause(tries);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "delete", path.value(), "interrupted while waiting", e);
        }
    }

    /** Never recursive: a recursive removal would ask back in the middle of the pipe. */
    public void deleteCollection(StoragePath path) throws StorageException {
        Entry entry = required(path, "delete collection");
        if (!(entry instanceof Collection)) {
            throw new StorageException(
                    Reason.NOT_A_COLLECTION, "delete collection", path.value(), "it is a data object");
        }
        send("delete collection", path, Request.of(Api.RM_COLL, CatalogMessages.collection(path.value(), Map.of())))
                .orThrow("delete collection", path.value());
    }

    /**
     * Looks first: a rename into a missing collection is kept in half by the server, and one of an object that is open
     * for writing breaks that object.
     */
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        Entry entry = required(from, "rename");
        Optional<Entry> parent = catalog.find(to.parent(), "rename");
        if (parent.filter(Collection.class::isInstance).isEmpty()) {
            throw new StorageException(Reason.NOT_FOUND, "rename", to.value(), "the target's collection is missing");
        }
        if (catalog.find(to, "rename").isPresent()) {
            throw new StorageException(Reason.ALREADY_EXISTS, "rename", to.value(), "the target exists");
        }
        int what = switch (entry) {
            case Collection collection -> ObjectMessages.RENAME_COLLECTION;
            case DataObject object -> unlessLocked("rename", object);
            case SymbolicLink link -> unlessLocked("rename", link.object());
        };
        sendRename(from, to, what);
    }

    /**
     * The server never renames over what exists, so the target steps aside first, and comes back when the move fails.
     * Between the two renames nothing is at {@code to}.
     */
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        int what = objectAt("replace", required(from, "replace"));
        Optional<Entry> target = catalog.find(to, "replace");
        if (target.isEmpty()) {
            rename(from, to);
            return;
        }
        objectAt("replace", target.get());
        StoragePath aside = to.parent().child(REPLACED_PREFIX + UUID.randomUUID());
        sendRename(to, aside, what);
        boolean moved = false;
        try {
            sendRename(from, to, what);
            moved = true;
        } finally {
            if (!moved) {
                comeBack(aside, to, what);
            }
        }
        try {
            deleteObject(aside);
        } catch (StorageException e) {
            log.warn("{} replaced {}, whose old content stays behind as {}: {}", from, to, aside, e.getMessage());
        }
    }

    private void comeBack(StoragePath aside, StoragePath to, int what) {
        try {
            sendRename(aside, to, what);
        } catch (StorageException e) {
            log.warn("{} is now called {}, rename it back: {}", to, aside, e.getMessage());
        }
    }

    private static int objectAt(String operation, Entry entry) throws StorageException {
        return switch (entry) {
            case Collection collection ->
                throw new StorageException(
                        Reason.IS_A_COLLECTION, operation, entry.path().value(), "it is a collection");
            case DataObject object -> unlessLocked(operation, object);
            case SymbolicLink link -> unlessLocked(operation, link.object());
        };
    }

    /** A rename of an object that is open for writing succeeds and breaks it. */
    private static int unlessLocked(String operation, DataObject object) throws StorageException {
        if (object.state() == ReplicaState.INTERMEDIATE) {
            throw new StorageException(Reason.LOCKED, operation, object.path().value(), "it is being written");
        }
        return ObjectMessages.RENAME_OBJECT;
    }

    /** Sets the modification time; the server keeps whole seconds. */
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        if (modified.getEpochSecond() < 0) {
            throw new StorageException(
                    Reason.INVALID, "touch", path.value(), "the catalog holds no times before 1970: " + modified);
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("logical_path", path.value());
        request.putObject("options").put("no_create", true).put("seconds_since_epoch", modified.getEpochSecond());
        Reply reply = send("touch", path, Request.of(Api.TOUCH, JsonMessages.write(request)));
        if (reply.is(ErrorCode.SYS_NO_GOOD_REPLICA)) { // what this call says of an object that is being written
            throw new StorageException(Reason.LOCKED, "touch", path.value(), reply.describe());
        }
        reply.orThrow("touch", path.value());
        return required(path, "touch");
    }

    private void sendRename(StoragePath from, StoragePath to, int what) throws StorageException {
        Request request = Request.of(Api.DATA_OBJ_RENAME, ObjectMessages.rename(from.value(), to.value(), what));
        calls.change("rename", from.value(), connection -> renameOrDrop(connection, request))
                .orThrow("rename", from + " to " + to);
    }

    private static Reply renameOrDrop(Connection connection, Request request)
            throws ConnectionException, InterruptedException {
        boolean succeeded = false;
        try {
            Reply reply = connection.submit(request).await();
            succeeded = reply.status() >= 0;
            return reply;
        } finally {
            if (!succeeded) {
                connection.retire(); // its database transaction may hold half of the rename
            }
        }
    }

    private Entry required(StoragePath path, String operation) throws StorageException {
        return catalog.find(path, operation)
                .orElseThrow(() -> new StorageException(
                        Reason.NOT_FOUND, operation, path.value(), "no such object or collection, or not visible"));
    }

    private Reply send(String operation, StoragePath path, Request request) throws StorageException {
        return calls.change(
                operation,
                path.value(),
                connection -> connection.submit(request).await());
    }
}
