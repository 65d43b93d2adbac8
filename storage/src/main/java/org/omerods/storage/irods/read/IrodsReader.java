package org.omerods.storage.irods.read;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.session.Backoff;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Counters;
import org.omerods.storage.irods.session.Lane;

/**
 * Reads one version. Nothing is sent before the first read; a broken connection is replaced and the missing pieces are
 * read again, a bounded number of times. Thread-safe.
 */
final class IrodsReader implements ObjectReader {
    /** Waves without any progress before a read fails: with the pauses in between about two seconds. */
    private static final int MAX_FAILURES = 6;

    private final DataObject object;
    private final ReadRoutes routes;
    private final Descriptors descriptors;
    private final Catalog catalog;
    private final Counters counters;
    private final Duration deadline;
    /** The object where it is now: somebody may have renamed it. */
    private volatile DataObject located;

    private final AtomicBoolean closed = new AtomicBoolean();

    IrodsReader(
            DataObject object,
            ReadRoutes routes,
            Descriptors descriptors,
            Catalog catalog,
            Counters counters,
            Duration deadline) {
        this.object = object;
        this.located = object;
        this.routes = routes;
        this.descriptors = descriptors;
        this.catalog = catalog;
        this.counters = counters;
        this.deadline = deadline;
        descriptors.readerOpened(object.version());
    }

    @Override
    public DataObject object() {
        return object;
    }

    @Override
    public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
        read(offset, target, priority, false);
    }

    @Override
    public boolean readAndVerify(long offset, ByteBuffer target, Priority priority) throws StorageException {
        return read(offset, target, priority, true);
    }

    @Override
    public boolean readAndVerify(List<Part> parts, Priority priority) throws StorageException {
        return read(parts, priority, true);
    }

    private boolean read(long offset, ByteBuffer target, Priority priority, boolean check) throws StorageException {
        return read(List.of(new Part(offset, target)), priority, check);
    }

    private boolean read(List<Part> parts, Priority priority, boolean check) throws StorageException {
        for (Part part : parts) {
            requireInside(part.offset(), part.target().remaining());
        }
        if (closed.get()) {
            throw new StorageException(Reason.CLOSED, "read", object.path().value(), "the reader was closed");
        }
        try {
            List<Piece> pieces = parts.stream()
                    .flatMap(part -> Piece.cut(part.offset(), part.target()).stream())
                    .toList();
            boolean verified = readAll(pieces, priority, check);
            parts.forEach(part -> part.target().position(part.target().limit()));
            return verified;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(Reason.INTERRUPTED, "interrupted while waiting", e);
        }
    }

    private void requireInside(long offset, int length) throws StorageException {
        if (offset < 0 || length > object.size() - offset) {
            throw failure(Reason.INVALID, length + " bytes at " + offset + " of an object of " + object.size(), null);
        }
    }

    @Override
    public void verifyVersion() throws StorageException {
        catalog.verify(object);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            descriptors.readerClosed(object.version());
        }
    }

    /** @return whether the version was checked behind the read: not when a connection broke in between */
    private boolean readAll(List<Piece> pieces, Priority priority, boolean check)
            throws InterruptedException, StorageException {
        long start = System.nanoTime();
        List<Piece> missing =
                pieces.stream().filter(piece -> piece.length() > 0).toList();
        int failures = 0;
        boolean verified = check && !missing.isEmpty();
        while (!missing.isEmpty()) {
            RangeRead.Outcome outcome = wave(missing, priority, verified);
            verified = outcome.verified();
            if (outcome.changed()) {
                throw changed();
            }
            boolean progress = outcome.broken().size() < missing.size();
            missing = outcome.broken();
            if (!missing.isEmpty()) {
                failures = progress ? 1 : failures + 1;
                checkRepeatable(outcome.failure(), failures, start);
                counters.resumedRead();
                Backoff.pause(failures);
            }
        }
        return verified;
    }

    private RangeRead.Outcome wave(List<Piece> missing, Priority priority, boolean check)
            throws InterruptedException, StorageException {
        try {
            return wave(located, missing, priority, check);
        } catch (StorageException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            DataObject moved = catalog.locate(located);
            if (moved.path().equals(located.path())) {
                throw e;
            }
            located = moved;
            return wave(moved, missing, priority, check);
        }
    }

    private RangeRead.Outcome wave(DataObject from, List<Piece> missing, Priority priority, boolean check)
            throws InterruptedException, StorageException {
        // Prefetches are many at a time, so that each on one connection spreads well enough and costs one question.
        boolean together = priority == Priority.PREFETCH;
        return new RangeRead(from, descriptors, () -> routes.connection(from, lane(priority)), together)
                .run(missing, check);
    }

    private void checkRepeatable(@Nullable ConnectionException cause, int failures, long start)
            throws StorageException {
        if (cause == null) {
            throw new IllegalStateException("pieces are missing without a failure");
        }
        boolean late = System.nanoTime() - start > deadline.toNanos();
        if (!cause.reason().retryable() || failures >= MAX_FAILURES || late) {
            throw cause.toStorageException("read", object.path().value());
        }
    }

    /** Fewer bytes than the version has, or from elsewhere: the catalog mostly knows already that it changed. */
    private StorageException changed() throws StorageException {
        catalog.verify(object);
        return failure(Reason.STALE, "the server has fewer bytes than the catalog says", null);
    }

    private StorageException failure(Reason reason, String problem, @Nullable Throwable cause) {
        return new StorageException(reason, "read", object.path().value(), problem, cause);
    }

    private static Lane lane(Priority priority) {
        return switch (priority) {
            case DEMAND -> Lane.DEMAND;
            case PREFETCH -> Lane.TRANSFER;
        };
    }
}
