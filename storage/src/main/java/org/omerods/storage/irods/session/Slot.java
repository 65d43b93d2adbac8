package org.omerods.storage.irods.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException.Reason;

/** Room for one connection of a pool, which is made when it is needed and again when it broke. Thread-safe. */
final class Slot {
    /** A server that refuses further connections is not asked again for every read. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final SessionOpener opener;
    private final Watchdog watchdog;
    /** Fair, and held while connecting: all who need the connection wait for the same one. */
    private final ReentrantLock opening = new ReentrantLock(true);

    private volatile SessionOpener.@Nullable Session session;
    private volatile @Nullable FailedTry lastFailure;
    private volatile boolean closed;

    /** Everybody who waited for a try that failed shares its failure: else each would wait out a try of his own. */
    private record FailedTry(Reason reason, String message, long endedNanos) {}

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

    /** Whether it makes sense to try now: nobody is at it, and the last try did not fail a moment ago. */
    boolean invitesTry() {
        FailedTry failed = lastFailure;
        return !opening.isLocked()
                && (failed == null || System.nanoTime() - failed.endedNanos() > PAUSE_AFTER_FAILURE.toNanos());
    }

    Connection get() throws ConnectionException, InterruptedException {
        Optional<Connection> fast = current();
        if (fast.isPresent()) {
            return fast.get();
        }
        long begun = System.nanoTime();
        opening.lockInterruptibly();
        try {
            Optional<Connection> meanwhile = current();
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            FailedTry failed = lastFailure;
            if (failed != null && failed.endedNanos() - begun > 0) {
                throw new ConnectionException(failed.reason(), failed.message());
            }
            forget();
            if (closed) {
                throw new ConnectionException(Reason.CLOSED, "the storage is closed");
            }
            SessionOpener.Session opened = open();
            session = opened;
            if (closed) {
                close();
            }
            return opened.connection();
        } finally {
            opening.unlock();
        }
    }

    private SessionOpener.Session open() throws ConnectionException, InterruptedException {
        try {
            return opener.open(endpoint);
        } catch (ConnectionException e) {
            lastFailure = new FailedTry(e.reason(), String.valueOf(e.getMessage()), System.nanoTime());
            throw e;
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
