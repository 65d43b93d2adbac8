package org.omerods.fs.block;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.plan.ByteRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the bytes of one object version with the checksum of the catalog: behind a reader who reads from end to end, or
 * when the block file is complete. Bytes are hashed from the block file on the thread of {@link ContentChecks}; reads only tell
 * how far they came, and the last one of a whole object waits for the result. Thread-safe; its monitor guards the fields.
 */
final class ContentCheck {
    private static final Logger log = LoggerFactory.getLogger(ContentCheck.class);

    /** A viewer that looks at the head of a slide is no reader of the whole. */
    private static final long SURELY_SEQUENTIAL = 2L << 20;

    /** Hashed in one go, about 20 ms; then others have their turn. */
    static final long TURN_BYTES = 16L << 20;

    private static final int PIECE_BYTES = 256 << 10;

    /** SHA-256 follows the reader at 0.8 GB/s: an object of 20 GB from the fastest of places is done by then. */
    private static final int PATIENCE_SECONDS = 30;

    enum Result {
        RIGHT,
        WRONG,
        /** Bytes were gone before they were hashed. */
        LEFT_OFF
    }

    private final CachedObject object;
    private final CatalogChecksum checksum;
    private final ContentChecks checks;
    private final long size;
    private final ReadPrefix prefix = new ReadPrefix();

    /** For a quick look without the monitor. */
    private volatile long prefixEnd;

    private volatile @Nullable Result result;
    private CompletableFuture<Result> ending = new CompletableFuture<>();
    private CatalogChecksum.Computation computation;
    private long hashedEnd;
    private boolean queued;

    ContentCheck(CachedObject object, CatalogChecksum checksum, ContentChecks checks) {
        this.object = object;
        this.checksum = checksum;
        this.checks = checks;
        this.size = object.object().size();
        this.computation = checksum.begin();
    }

    /** Who wrote the bytes has compared them. */
    synchronized void isKnownToBeRight() {
        end(Result.RIGHT);
    }

    /** By this check, or by that of another user of the same block file. */
    boolean isRight() {
        return result == Result.RIGHT || object.file().isFoundRight();
    }

    /** A program read a range, all of which is here. Quick. */
    void follow(ByteRange range) {
        if (range.end() <= prefixEnd || isRight() || result == Result.WRONG) {
            return;
        }
        synchronized (this) {
            if (result == Result.LEFT_OFF) {
                if (range.start() > 0) {
                    return;
                }
                restart();
            }
            prefix.read(range);
            prefixEnd = prefix.end();
            if (prefixEnd >= Math.min(size, SURELY_SEQUENTIAL)) {
                queue();
            }
        }
    }

    /** All of the object is here. */
    synchronized void followAll() {
        if (result == Result.LEFT_OFF) {
            restart();
        }
        prefix.read(new ByteRange(0, size));
        prefixEnd = size;
        queue();
    }

    /** Compares all of the object anew, whatever was found before, and waits for the end. */
    Result again() throws InterruptedException {
        CompletableFuture<Result> awaited;
        synchronized (this) {
            if (result != null || isRight()) {
                object.file().foundRight(false);
                restart();
            }
            followAll();
            awaited = ending;
        }
        try {
            return awaited.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check ends with a result", e);
        }
    }

    private void restart() {
        result = null;
        ending = new CompletableFuture<>();
        computation = checksum.begin();
        hashedEnd = 0;
        prefix.restart();
        prefixEnd = 0;
    }

    private void queue() {
        if (!queued && result == null && hashedEnd < prefixEnd) {
            queued = true;
            if (!checks.execute(this::run)) {
                queued = false;
                end(Result.LEFT_OFF);
            }
        }
    }

    /** Whether a read that ends the object has to wait: the whole was read, and the result is not known. */
    boolean holdsBack(ByteRange range) {
        return range.end() == size && result == null && prefixEnd == size && !isRight();
    }

    /** Waits for the result where {@link #holdsBack} says so. */
    void await(ByteRange range) throws InterruptedException {
        CompletableFuture<Result> awaited;
        synchronized (this) {
            if (!holdsBack(range)) {
                return;
            }
            awaited = ending;
        }
        try {
            awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check ends with a result", e);
        } catch (TimeoutException _) {
            log.info("{} is read faster than its checksum is computed; it is told later", object.path());
        }
    }

    private void run() {
        byte[] piece = new byte[PIECE_BYTES];
        long turnEnd = hashedEnd() + TURN_BYTES;
        try {
            for (Optional<ByteRange> next = next(turnEnd); next.isPresent(); next = next(turnEnd)) {
                if (!hash(next.get(), piece)) {
                    end(Result.LEFT_OFF);
                    return;
                }
            }
            endOfTurn();
        } catch (RuntimeException | Error e) {
            end(Result.LEFT_OFF);
            throw e;
        }
    }

    private synchronized long hashedEnd() {
        return hashedEnd;
    }

    private synchronized Optional<ByteRange> next(long turnEnd) {
        long to = Math.min(Math.min(prefixEnd, turnEnd), hashedEnd + PIECE_BYTES);
        return hashedEnd < to ? Optional.of(new ByteRange(hashedEnd, to)) : Optional.empty();
    }

    private boolean hash(ByteRange range, byte[] piece) {
        Optional<BlockSlice> slice = object.file().peek(range);
        if (slice.isEmpty()) {
            return false;
        }
        int length = (int) range.length();
        try {
            MemorySegment.ofArray(piece).copyFrom(slice.get().bytes());
        } finally {
            slice.get().release();
        }
        synchronized (this) {
            computation.update(piece, length);
            hashedEnd = range.end();
        }
        return true;
    }

    private void endOfTurn() {
        String computed;
        synchronized (this) {
            queued = false;
            if (hashedEnd < size) {
                queue();
                return;
            }
            computed = computation.result();
        }
        if (checksum.matches(computed)) {
            checks.countRight();
            end(Result.RIGHT);
            checks.right(object);
        } else {
            checks.wrong(object, checksum.text(), computed);
            end(Result.WRONG);
        }
    }

    private synchronized void end(Result how) {
        queued = false;
        result = how;
        if (how == Result.RIGHT) {
            object.file().foundRight(true);
        }
        ending.complete(how);
    }
}
