package org.omerods.fs.block;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.PrefetchConfig;

/**
 * The queue of ranges that nobody waits for yet. Few run at a time, bounded in bytes over all and for each object; what is
 * queued for a stream that ended is dropped, what runs is let through, since its bytes are on the line already.
 * Thread-safe; its lock is not held while anything is fetched.
 */
final class Prefetcher {
    /** 16 streams with a full window of 4 MiB pieces are 128; eight such objects. The oldest is dropped beyond. */
    private static final int MAX_QUEUED = 1024;

    /** The segments of a tile: strided pieces are small, and their number has to be bounded as well as their bytes. */
    private static final int MAX_PIECES_IN_FLIGHT = 64;

    private record Piece(CachedObject object, int stream, ByteRange range) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final PrefetchConfig config;
    private final int pieceBytes;
    private final FetchRunner runner;
    private final Deque<Piece> queue = new ArrayDeque<>();
    private final Map<CachedObject, Long> inFlight = new HashMap<>();
    private long totalInFlight;
    private int piecesInFlight;

    Prefetcher(PrefetchConfig config, int pieceBytes, FetchRunner runner) {
        this.config = config;
        this.pieceBytes = pieceBytes;
        this.runner = runner;
    }

    void submit(CachedObject object, int stream, ByteRange range) {
        lock.lock();
        try {
            for (ByteRange piece : range.cutAt(pieceBytes)) {
                if (queue.size() == MAX_QUEUED) {
                    queue.removeFirst();
                }
                queue.addLast(new Piece(object, stream, piece));
            }
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    /** Drops what is queued for one stream. */
    void abandon(CachedObject object, int stream) {
        drop(piece -> piece.object() == object && piece.stream() == stream);
    }

    /** Drops all that is queued for an object. */
    void abandon(CachedObject object) {
        drop(piece -> piece.object() == object);
    }

    /** How many pieces wait. */
    int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void drop(Predicate<Piece> which) {
        lock.lock();
        try {
            queue.removeIf(which);
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        for (Piece piece = next(); piece != null; piece = next()) {
            Piece started = piece;
            if (!runner.execute(() -> run(started))) {
                finished(started);
                return;
            }
        }
    }

    private void run(Piece piece) {
        try {
            piece.object().fetchAhead(piece.range());
        } finally {
            finished(piece);
            dispatch();
        }
    }

    /** The first piece for which there is room; an object alone may always have one. */
    private @Nullable Piece next() {
        lock.lock();
        try {
            for (Iterator<Piece> pieces = queue.iterator();
                    piecesInFlight < MAX_PIECES_IN_FLIGHT && pieces.hasNext(); ) {
                Piece piece = pieces.next();
                if (hasRoom(totalInFlight, piece, config.maxBytesInFlight())
                        && hasRoom(
                                inFlight.getOrDefault(piece.object(), 0L), piece, config.maxBytesInFlightPerObject())) {
                    pieces.remove();
                    piecesInFlight++;
                    totalInFlight += piece.range().length();
                    inFlight.merge(piece.object(), piece.range().length(), Long::sum);
                    return piece;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasRoom(long used, Piece piece, long max) {
        return used == 0 || used + piece.range().length() <= max;
    }

    private void finished(Piece piece) {
        lock.lock();
        try {
            piecesInFlight--;
            totalInFlight -= piece.range().length();
            inFlight.computeIfPresent(
                    piece.object(),
                    (_, bytes) -> bytes == piece.range().length()
                            ? null
                            : bytes - piece.range().length());
        } finally {
            lock.unlock();
        }
    }
}
