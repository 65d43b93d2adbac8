package org.omerods.storage.irods.read;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.irods.catalog.VersionQuestion;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions on one connection whether one object still is the version that is read there. An agent works in strict
 * order: a question that was sent behind a read is answered after the bytes were read, so a good answer says that they
 * are of the version, and the check costs no round trip. Asked on another connection it would say nothing.
 *
 * <p>A question takes the catalog about as long as ten reads of a tile. As many are sent along with reads as cost less
 * than the round trip that each saves; the reads beyond share one that follows when one of those was answered.
 * Thread-safe.
 */
final class VersionChecks {
    private static final Logger log = LoggerFactory.getLogger(VersionChecks.class);

    /** What a question takes the server, measured: 0.6 ms of a catalog of some hundred thousand objects. */
    private static final long COST_NANOS = 500_000;

    /** As many as keep one agent busy for 20 ms. */
    private static final int MAX_ALONG = 32;

    private final Connection connection;
    private final VersionQuestion question;
    /** Guards the fields; never held over I/O. */
    private final ReentrantLock lock = new ReentrantLock();

    private int underWay;
    private @Nullable SharedQuestion waiting;

    VersionChecks(Connection connection, DataObject object) {
        this.connection = connection;
        this.question = new VersionQuestion(object);
    }

    VersionQuestion question() {
        return question;
    }

    /** Whether a question may go along with a read that is about to be sent; if so, {@link #answered} is to follow. */
    boolean mayGoAlong() {
        lock.lock();
        try {
            if (underWay >= limit()) {
                return false;
            }
            underWay++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** For a read that is on its way without a question: one for it and others; {@link #left} is to follow. */
    SharedQuestion share() {
        lock.lock();
        try {
            SharedQuestion shared = waiting == null ? new SharedQuestion() : waiting;
            shared.members++;
            waiting = shared;
            if (underWay == 0) { // whoever would have let it go is answered already
                underWay++;
                waiting = null;
                shared.letGo();
            }
            return shared;
        } finally {
            lock.unlock();
        }
    }

    /** A question was answered or lost, or was never sent: the next one may go. Never blocks. */
    void answered() {
        lock.lock();
        try {
            SharedQuestion next = waiting;
            waiting = null;
            underWay -= next == null ? 1 : 0;
            if (next != null) {
                next.letGo();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A read that shared a question needs it no more. */
    void left(SharedQuestion shared) {
        boolean givenUp;
        lock.lock();
        try {
            shared.members--;
            boolean last = shared.members == 0;
            boolean waits = waiting == shared;
            waiting = last && waits ? null : waiting;
            givenUp = last && !waits && shared.claim();
        } finally {
            lock.unlock();
        }
        if (givenUp) {
            answered();
        }
    }

    /** Waits for the answer to a shared question, which the first who may sends. Empty when it could not be sent. */
    Optional<Exchange> await(SharedQuestion shared) throws InterruptedException {
        shared.awaitLetGo();
        if (shared.claim()) {
            shared.sent(send());
        }
        return shared.awaitSent();
    }

    private Optional<Exchange> send() {
        Optional<Exchange> exchange = Optional.empty();
        try {
            exchange = Optional.of(connection.submit(question.request()));
        } catch (ConnectionException e) {
            log.debug("no question for the version: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.ifPresentOrElse(sent -> sent.whenDone(this::answered), this::answered);
        return exchange;
    }

    private int limit() {
        return Math.clamp(connection.roundTripNanos() / COST_NANOS, 1, MAX_ALONG);
    }
}
