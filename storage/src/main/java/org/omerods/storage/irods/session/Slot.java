package org.omerods.storage.irods.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException.Reason;

/** Room for one connection of a pool, which is made when it is needed and again when it broke. Thread-safe. */
final class Slot {
    private final Endpoint endpoint;
    private final SessionOpener opener;
    private final Watchdog watchdog;
    /** Fair, and held while connecting: all who need the connection wait for the same one. */
    private final ReentrantLock opening = new ReentrantLock(true);

    private volatile SessionOpener.@Nullable Session session;
    private volatile boolean closed;

    Slot(Endpoint endpoint, SessionOpener opener, Watchdog watchdog) {
        this.endpoint = endpoint;
        this.opener = opener;
        this.watchdog = watchdog;
    }

    /** The connection, if there is one that works. */
    Optional<Connection> current() {
        SessionOpener.Session here = session;
        return here != null && here.connection().isUsable() ? Optional.of(here.connection()) : Optional.empty();
    }

    Optional<ServerVersion> version() {
        return Optional.ofNullable(session).map(SessionOpener.Session::version);
    }

    boolean isOpening() {
        return opening.isLocked();
    }

    Connection get() throws ConnectionException, InterruptedException {
        Optional<Connection> fast = current();
        if (fast.isPresent()) {
            return fast.get();
        }
        opening.lockInterruptibly();
        try {
            Optional<Connection> meanwhile = current();
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            forget();
            if (closed) {
                throw new ConnectionException(Reason.CLOSED, "the storage is closed");
            }
            SessionOpener.Session opened = opener.open(endpoint);
            session = opened;
            if (closed) {
                close();
            }
            return opened.connection();
        } finally {
            opening.unlock();
        }
    }

    /** Gives a connection up that nobody used for a while: an agent and a database session less on the server. */
    void closeIfIdle(Duration idle) {
        SessionOpener.Session here = session;
        if (here != null
                && here.connection().isUsable()
                && !here.activity().isBusy()
                && here.activity().sinceProgress().compareTo(idle) > 0) {
            here.connection().retire();
        }
    }

    void close() {
        closed = true;
        SessionOpener.Session here = session;
        if (here != null) {
            here.connection().abort(Reason.CLOSED, "the storage is closed");
        }
        forget();
    }

    private void forget() {
        SessionOpener.Session here = session;
        if (here != null) {
            watchdog.forget(here.activity());
        }
    }
}
