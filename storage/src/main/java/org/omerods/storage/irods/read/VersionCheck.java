package org.omerods.storage.irods.read;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.MalformedMessage;

/** The check of the version behind one read. For one thread, in this order: ask, sent, await, end. */
final class VersionCheck {
    private final VersionChecks checks;
    private final Connection connection;
    private final boolean along;
    private @Nullable Exchange own;
    private @Nullable SharedQuestion shared;

    VersionCheck(VersionChecks checks, Connection connection) {
        this.checks = checks;
        this.connection = connection;
        this.along = checks.mayGoAlong();
    }

    /** What is to be sent directly behind the read: the question, or nothing when there are enough under way. */
    List<Request> question() {
        return along ? List.of(checks.question().request()) : List.of();
    }

    /** The read is on its way, with the question as the last of its requests if there was one. */
    void sent(List<Exchange> exchanges) {
        if (along) {
            if (own == null) {
                exchanges.getLast().whenDone(checks::answered); // the question of a read that is sent again counts once
            }
            own = exchanges.getLast();
        } else {
            if (shared != null) {
                checks.left(shared); // the read was sent again: what was asked before says nothing about it
            }
            shared = checks.share();
        }
    }

    /**
     * Waits for the answer.
     *
     * @return false when it was lost with its connection: the bytes are there but not known to be right
     * @throws StorageException STALE, NOT_FOUND: the bytes are of another version, or may be
     */
    boolean await() throws InterruptedException, StorageException {
        try {
            Optional<Exchange> exchange = exchange();
            if (exchange.isEmpty()) {
                return false;
            }
            checks.question().judge(exchange.get().await(), Reason.NOT_FOUND);
            return true;
        } catch (ConnectionException e) {
            return false;
        } catch (MalformedMessage e) {
            connection.abort(Reason.CORRUPT, "the server broke the protocol: " + e.getMessage());
            throw new StorageException(
                    Reason.CORRUPT, "verify", connection.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Exchange> exchange() throws InterruptedException {
        if (own != null) {
            return Optional.of(own);
        }
        return shared == null ? Optional.empty() : checks.await(shared);
    }

    /** To be called once, however it went. */
    void end() {
        if (along && own == null) {
            checks.answered();
        } else if (shared != null) {
            checks.left(shared);
        }
    }
}
