package org.omerods.storage.irods.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.omerods.storage.irods.wire.OpenedReplica;

/**
 * One object version, open on one connection: opened once, by whoever needs it first, and checked to be that version.
 * Thread-safe.
 */
final class Descriptor {
    private static final int NOT_KNOWN = -1;

    private final Connection connection;
    private final DataObject object;
    /** Guards the one submission of the open and the one judgement of its answer. */
    private final ReentrantLock opening = new ReentrantLock();

    private final int foreseen;
    private @Nullable Exchange open;
    private volatile int number = NOT_KNOWN;
    /** Why what was opened is not usable; empty as long as it is. Written under the lock, before {@code problem}. */
    private volatile Reason problemReason = Reason.STALE;

    private volatile String problem = "";
    private final VersionChecks checks;
    /** Reads under way; guarded by the table's lock. */
    int users;

    Descriptor(Connection connection, DataObject object, int foreseen) {
        this.connection = connection;
        this.object = object;
        this.foreseen = foreseen;
        this.checks = new VersionChecks(connection, object);
    }

    VersionCheck check() {
        return new VersionCheck(checks, connection);
    }

    /** The number as far as it is known: the server's, or the one that it will give, most likely. */
    int expected() {
        int known = number;
        return known == NOT_KNOWN ? foreseen : known;
    }

    /** Sends requests that use it, with the open in front of them if that was not sent yet; waits for no answer. */
    List<Exchange> submit(List<Request> requests) throws ConnectionException, InterruptedException {
        opening.lockInterruptibly();
        try {
            if (open == null) {
                List<Request> all = new ArrayList<>(requests);
                all.addFirst(request());
                List<Exchange> exchanges = connection.submitAll(all);
                open = exchanges.getFirst();
                return exchanges.subList(1, exchanges.size());
            }
        } finally {
            opening.unlock();
        }
        return connection.submitAll(requests);
    }

    private Exchange opened() throws InterruptedException {
        opening.lockInterruptibly();
        try {
            if (open == null) {
                throw new IllegalStateException("nothing was submitted for " + object.path());
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    /** The number that the server gave, once it answered and it is clear that the right version is open. */
    int await() throws ConnectionException, InterruptedException, StorageException {
        if (number == NOT_KNOWN) {
            Reply reply = opened().await().orThrow("open", object.path().value());
            opening.lockInterruptibly();
            try {
                if (number == NOT_KNOWN && problem.isEmpty()) {
                    judge(reply);
                }
            } finally {
                opening.unlock();
            }
        }
        if (!problem.isEmpty()) {
            throw new StorageException(problemReason, "open", object.path().value(), problem);
        }
        return number;
    }

    /** Whether the open was answered with success. */
    boolean isOpen() {
        return number != NOT_KNOWN;
    }

    /** Closes it on the server, behind whatever is under way; nobody waits for the answer. */
    void close() throws ConnectionException, InterruptedException {
        connection.submit(Request.of(Api.DATA_OBJ_CLOSE, ObjectMessages.close(number)));
    }

    /** The hierarchy saves the server three of seven catalog queries, and says which replica is meant. */
    private Request request() {
        Map<String, String> keyValues = new HashMap<>();
        if (object.resource().isEmpty()) {
            keyValues.put("replNum", Integer.toString(object.version().replica()));
        } else {
            keyValues.put("resc_hier", object.resource());
        }
        return Request.of(
                Api.REPLICA_OPEN, ObjectMessages.open(object.path().value(), ObjectMessages.READ_ONLY, keyValues));
    }

    /** Another version than wanted is closed again: once, since its number may be given to another object. */
    private void judge(Reply reply) throws ConnectionException, InterruptedException {
        try {
            OpenedReplica opened = OpenedReplica.parse(reply.body());
            boolean sameState = opened.state() == ReplicaState.GOOD || opened.state() == object.state();
            if (opened.version().equals(object.version()) && sameState) {
                number = reply.status();
                return;
            }
            problemReason = Reason.STALE;
            problem = "was " + object.version() + ", is " + opened.version() + " " + opened.state();
        } catch (MalformedMessage e) {
            problemReason = Reason.CORRUPT;
            problem = String.valueOf(e.getMessage());
        }
        connection.submit(Request.of(Api.DATA_OBJ_CLOSE, ObjectMessages.close(reply.status())));
    }
}
