package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.Plan;
import org.omerods.fs.plan.PrefetchConfig;

/**
 * The queue of ranges that nobody waits for yet: first those that somebody will ask for next, then those that somebody may.
 * Few run at a time, bounded in bytes for each object and, as far as the line
 * delivers, over all; what is queued for a stream that ended is dropped, what
 * runs is let through, since its bytes are on the line already, and gives its room to the next when it ends. Thread-safe; its
 * lock is not held while anything is fetched.
 */
final class Prefetcher {
    /** 64 viewers with the 16 rows around them. The oldest is dropped beyond. */
    private static final int MAX_QUEUED = 4096;

    /** The segments of four tiles: strided pieces are small, and their number has to be bounded as well as their bytes. */
    private static final int MAX_PIECES_IN_FLIGHT = 256;

    /** The rest of the room is for what somebody will ask for. */
    private static final int MAX_GUESSES_IN_FLIGHT = MAX_PIECES_IN_FLIGHT / 4;

    /**
     * Small pieces that go out as one read, with one question for the version: half a tile, so that its first rows are not
     * kept until the last one came.
     */
    private static final int MAX_TOGETHER = 32;

    /** What a line of 1 Gbit/s carries in 8 ms; larger pieces are on their way alone. */
    private static final long MAX_TOGETHER_BYTES = 1 << 20;

    private record Piece(CachedObject object, int stream, ByteRange range) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final PrefetchConfig config;
    private final int pieceBytes;
    private final FetchRunner runner;
    private final LayoutCounters counters;
    private final Ticker ticker;

    /** All below are guarded by the lock. */
    private final Deque<Piece> next = new ArrayDeque<>();

    private final Deque<Piece> perhaps = new ArrayDeque<>();
    private final Map<CachedObject, Long> inFlight = new HashMap<>();
    private final FlightLimit limit;
    private long totalInFlight;
    private int piecesInFlight;

    Prefetcher(PrefetchConfig config, int pieceBytes, FetchRunner runner, LayoutCounters counters, Ticker ticker) {
        this.config = config;
        this.pieceBytes = pieceBytes;
        this.runner = runner;
        this.counters = counters;
        this.ticker = ticker;
        this.limit = new FlightLimit(config.maxBytesInFlight());
    }

    /** Queues what a plan says and is not here yet. */
    void submit(CachedObject object, Plan plan) {
        List<Piece> ahead = missing(object, plan.stream(), plan.ahead());
        List<Piece> later = missing(object, plan.stream(), plan.perhaps());
        lock.lock();
        try {
            ahead.forEach(piece -> add(piece, next));
            later.forEach(piece -> add(piece, perhaps));
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    private List<Piece> missing(CachedObject object, int stream, List<ByteRange> ranges) {
        List<Piece> pieces = new ArrayList<>();
        for (ByteRange range : ranges) {
            for (ByteRange piece : range.cutAt(pieceBytes)) {
                if (!object.isPresent(piece)) {
                    pieces.add(new Piece(object, stream, piece));
                }
            }
        }
        return pieces;
    }

    private void add(Piece piece, Deque<Piece> queue) {
        if (queue.size() == MAX_QUEUED) {
            queue.removeFirst();
            counters.piecesDropped.increment();
        }
        queue.addLast(piece);
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
            return next.size() + perhaps.size();
        } finally {
            lock.unlock();
        }
    }

    private void drop(Predicate<Piece> which) {
        lock.lock();
        try {
            int before = next.size() + perhaps.size();
            next.removeIf(which);
            perhaps.removeIf(which);
            counters.piecesDropped.add(before - next.size() - perhaps.size());
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        for (List<Piece> pieces = take(); !pieces.isEmpty(); pieces = take()) {
            List<Piece> started = pieces;
            if (!runner.execute(() -> run(started))) {
                finished(started);
                return;
            }
        }
    }

    private void run(List<Piece> pieces) {
        try {
            pieces.getFirst()
                    .object()
                    .fetchAhead(pieces.stream().map(Piece::range).toList());
        } finally {
            finished(pieces);
            dispatch();
        }
    }

    private List<Piece> take() {
        lock.lock();
        try {
            List<Piece> pieces = takeFrom(next);
            return pieces.isEmpty() && piecesInFlight < MAX_GUESSES_IN_FLIGHT ? takeFrom(perhaps) : pieces;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The first piece for which there is room, with others of the same object as long as they are small together; an object
     * alone may always have one.
     */
    private List<Piece> takeFrom(Deque<Piece> queue) {
        List<Piece> taken = new ArrayList<>();
        long bytes = 0;
        for (Iterator<Piece> pieces = queue.iterator(); piecesInFlight < MAX_PIECES_IN_FLIGHT && pieces.hasNext(); ) {
            Piece piece = pieces.next();
            boolean first = taken.isEmpty();
            if (!first && piece.object() != taken.getFirst().object()) {
                continue;
            }
            boolean apart =
                    taken.size() == MAX_TOGETHER || bytes + piece.range().length() > MAX_TOGETHER_BYTES;
            if (!first && (apart || !hasRoom(piece))) {
                break;
            }
            if (hasRoom(piece)) {
                pieces.remove();
                begun(piece);
                taken.add(piece);
                bytes += piece.range().length();
            }
        }
        return taken;
    }

    private boolean hasRoom(Piece piece) {
        return hasRoom(totalInFlight, piece, limit.bytes())
                && hasRoom(inFlight.getOrDefault(piece.object(), 0L), piece, config.maxBytesInFlightPerObject());
    }

    private void begun(Piece piece) {
        piecesInFlight++;
        limit.begun(piece.range().length(), ticker.read());
        totalInFlight += piece.range().length();
        inFlight.merge(piece.object(), piece.range().length(), Long::sum);
    }

    private static boolean hasRoom(long used, Piece piece, long max) {
        return used == 0 || used + piece.range().length() <= max;
    }

    private void finished(List<Piece> pieces) {
        lock.lock();
        try {
            pieces.forEach(this::ended);
        } finally {
            lock.unlock();
        }
    }

    private void ended(Piece piece) {
        piecesInFlight--;
        limit.ended(piece.range().length(), ticker.read());
        totalInFlight -= piece.range().length();
        inFlight.computeIfPresent(
                piece.object(),
                (_, bytes) -> bytes == piece.range().length()
                        ? null
                        : bytes - piece.range().length());
    }
}
