package org.omerods.fs.block;

import static java.util.Objects.requireNonNullElseGet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.block.Fetch.Outcome;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of one object as its readers see it: what is here at once, the rest after a wait. All who have the version
 * open share it, and each calls {@link #close} once. Thread-safe.
 */
public final class CachedObject implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CachedObject.class);

    /** A fetch that somebody else began may fail for reasons of its own: so often a reader tries again for itself. */
    private static final int MAX_ATTEMPTS = 3;

    private final BlockCache cache;
    private final BlockParts parts;
    private final ObjectSource source;
    private final CachedFile file;
    private final ReadAhead readAhead;

    private final ContentChecks checks;
    private final AtomicBoolean restoredBegun = new AtomicBoolean();

    /** Empty when there is nothing to compare with. */
    private final Optional<ContentCheck> check;

    /** Why nothing can be fetched any more; null while it can. */
    private volatile @Nullable StorageException end;

    CachedObject(BlockCache cache, BlockParts parts, ObjectSource source, CachedFile file, ContentChecks checks) {
        this.cache = cache;
        this.parts = parts;
        this.source = source;
        this.file = file;
        this.readAhead = new ReadAhead(this, parts);
        this.checks = checks;
        this.check = checks.of(this);
    }

    public DataObject object() {
        return source.object();
    }

    /** This mount wrote the bytes, and the storage compared them. */
    void isKnownToBeRight() {
        check.ifPresent(ContentCheck::isKnownToBeRight);
    }

    /** Whether the object was found to be another version by now. */
    public boolean isStale() {
        return end != null;
    }

    /**
     * The bytes of a range if all are here; never blocks.
     *
     * @param length more than 0; the range must lie inside the object
     */
    public Optional<BlockSlice> readIfPresent(long offset, int length) {
        if (isToBePermitted()) {
            return Optional.empty();
        }
        ByteRange range = ByteRange.of(offset, length);
        Optional<BlockSlice> slice = file.sliceIfPresent(range);
        if (slice.isPresent() && waitsForCheck(range)) {
            slice.get().release();
            return Optional.empty();
        }
        if (slice.isPresent()) {
            parts.counters().bytesAsked.add(length);
            parts.counters().hits.increment();
            readAhead.follow(range);
        }
        return slice;
    }

    /**
     * The bytes of a range; blocks until they are here.
     *
     * @throws StorageException STALE when the object is another version by now, INTERRUPTED when the thread was, and what
     *     the storage throws
     */
    public BlockSlice read(long offset, int length) throws StorageException {
        ByteRange range = ByteRange.of(offset, length);
        parts.counters().bytesAsked.add(length);
        for (int attempt = 1; ; attempt++) {
            Claim claim = claim(range, Priority.DEMAND);
            parts.runner().start(this, claim.own());
            if (attempt == 1) {
                count(claim);
                readAhead.follow(range);
            }
            Optional<Outcome> outcome = await(claim, attempt == MAX_ATTEMPTS);
            if (outcome.isPresent()) {
                return outcome.get() == Outcome.CACHED ? checked(range) : readPastCache(range);
            }
        }
    }

    /**
     * The block file when all of the object is in it and has the catalog's checksum, where there is one; never blocks. Empty
     * for an empty object. It can be asked as long as the
     * object is open, and the answer is to be closed.
     */
    public Optional<CompleteFile> complete() {
        boolean unchecked = check.isPresent() && !check.get().isRight();
        return object().size() == 0 || unchecked || isToBePermitted() ? Optional.empty() : file.complete();
    }

    /** Whether the bytes may be those that others were given, and the storage does not let this user open the object, or has not yet. */
    private boolean isToBePermitted() {
        return cache.isShared() && (!source.isPermitted() || end != null);
    }

    private void permit() throws StorageException {
        try {
            source.permit();
        } catch (StorageException e) {
            throw retireIfGone(e);
        }
    }

    /**
     * Sees to it that ordinary traffic does not evict these bytes, whether they are here or come later. Each call replaces
     * what was protected of this object before; none takes all protection away. When the share of the budget for this is
     * used up, those who were protected the longest ago lose it.
     *
     * @return false when the ranges alone are more than that share; nothing of the object is protected then
     */
    public boolean protect(List<ByteRange> ranges) {
        return file.protect(ranges);
    }

    /**
     * What was attached under that name; empty when nothing was, or it was damaged. Reads a local file.
     *
     * @param name 1 to 32 of {@code a-z0-9-}
     */
    public Optional<byte[]> attachment(String name) {
        return file.attachments().read(name);
    }

    /**
     * Keeps some bytes beside the block file for as long as this version is kept, instead of those of the same name. Writes a
     * local file.
     *
     * @param name 1 to 32 of {@code a-z0-9-}
     * @param bytes at most 64 MiB
     * @return false when there is no room, or the version is no longer kept
     */
    public boolean attach(String name, byte[] bytes) {
        return file.attachments().write(name, bytes);
    }

    /** Whether the whole object was read with this range, and is still compared with its checksum. */
    private boolean waitsForCheck(ByteRange range) {
        if (check.isEmpty()) {
            return false;
        }
        check.get().follow(range);
        return check.get().holdsBack(range);
    }

    /** The bytes of a pinned range; those that end a whole object, only when it has its checksum. */
    private BlockSlice checked(ByteRange range) throws StorageException {
        BlockSlice slice = file.slice(range);
        try {
            if (isToBePermitted()) {
                permit();
            }
            if (waitsForCheck(range)) {
                check.get().await(range);
            }
            StorageException ended = end;
            if (ended != null && ended.reason() == Reason.CORRUPT) {
                throw ended.forAnotherCaller();
            }
        } catch (InterruptedException _) {
            slice.release();
            throw interrupted();
        } catch (StorageException e) {
            slice.release();
            throw e;
        }
        return slice;
    }

    /** Lets go of one use. */
    @Override
    public void close() {
        cache.close(this);
    }

    /** Fetches what is missing of a range, on this thread. */
    void fetchAhead(ByteRange range) {
        fetchAhead(List.of(range));
    }

    /** Fetches what is missing of ranges that are small together, as one read, on this thread. */
    void fetchAhead(List<ByteRange> ranges) {
        List<Claim> claims = new ArrayList<>(ranges.size());
        try {
            for (ByteRange range : ranges) {
                claims.add(claim(range, Priority.PREFETCH));
            }
        } catch (StorageException e) {
            log.debug("Not all fetched ahead: {}", e.getMessage());
        }
        List<Fetch> own = claims.stream().flatMap(claim -> claim.own().stream()).toList();
        readAhead.started(own.stream().map(Fetch::range).toList());
        parts.runner().runTogether(this, own);
        claims.forEach(claim -> file.unpin(claim.range()));
    }

    /** See {@link CacheMaintenance#compare}. */
    CacheMaintenance.Compared compare() throws StorageException {
        if (check.isEmpty() || !file.isComplete()) {
            return CacheMaintenance.Compared.NOT_COMPARED;
        }
        try {
            return switch (check.get().again()) {
                case RIGHT -> CacheMaintenance.Compared.RIGHT;
                case WRONG -> CacheMaintenance.Compared.WRONG;
                case LEFT_OFF -> CacheMaintenance.Compared.NOT_COMPARED;
            };
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /** As {@link #fetchAhead}, for somebody who wants to know. False when there is no room. */
    boolean fetch(ByteRange range) throws StorageException {
        Claim claim = claim(range, Priority.PREFETCH);
        claim.own().forEach(fetch -> parts.runner().run(this, fetch));
        Optional<Outcome> outcome = await(claim, true);
        if (outcome.orElse(Outcome.NO_ROOM) != Outcome.CACHED) {
            return false;
        }
        file.unpin(range);
        return true;
    }

    /** Whether all bytes of a range are here. */
    boolean isPresent(ByteRange range) {
        return file.isPresent(range);
    }

    /** The parts of a range that are neither here nor on their way. */
    List<ByteRange> missing(ByteRange range) {
        return file.missing(range);
    }

    /** The bytes of a short range, for the mount's own use; fetches on this thread what is missing. */
    byte[] copy(ByteRange range) throws StorageException {
        Claim claim = claim(range, Priority.PREFETCH);
        claim.own().forEach(fetch -> parts.runner().run(this, fetch));
        Optional<Outcome> outcome = await(claim, true);
        BlockSlice slice =
                outcome.filter(end -> end == Outcome.CACHED).isPresent() ? file.slice(range) : readPastCache(range);
        try {
            return slice.bytes().toArray(ValueLayout.JAVA_BYTE);
        } finally {
            slice.release();
        }
    }

    ObjectSource source() {
        return source;
    }

    CachedFile file() {
        return file;
    }

    void finish(Fetch fetch, Outcome outcome) {
        boolean completed = false;
        if (outcome == Outcome.CACHED) {
            completed = file.publish(fetch);
        } else {
            file.abandon(fetch);
        }
        fetch.finish(outcome);
        if (completed) {
            whole();
        }
    }

    /** Where an earlier process left all of it, that is compared with its index in the background, once. */
    void beginRestored() {
        if (file.wasLeftWhole() && restoredBegun.compareAndSet(false, true)) {
            boolean _ = checks.execute(() -> verifyRestored(0));
        }
    }

    private void verifyRestored(long from) {
        ByteRange turn = ByteRange.of(from, ContentCheck.TURN_BYTES).within(object().size());
        long damaged = file.verifyRestored(turn);
        if (damaged == 0 && turn.end() < object().size() && end == null) {
            boolean _ = checks.execute(() -> verifyRestored(turn.end()));
        } else if (file.isComplete()) {
            whole();
        }
    }

    /** All of the object is here: it is told at once, or when it was compared with its checksum. */
    private void whole() {
        if (check.isEmpty() || check.get().isRight()) {
            cache.completed(this);
        } else {
            check.get().followAll();
        }
    }

    void finish(Fetch fetch, StorageException failure) {
        StorageException told = retireIfGone(failure);
        file.abandon(fetch);
        fetch.fail(told);
    }

    /** Nothing more is fetched or found from now on. What becomes of the bytes is decided by the cache. */
    void endBecause(StorageException reason) {
        end = reason;
        parts.prefetcher().abandon(this);
        readAhead.end();
        source.retire();
    }

    private Claim claim(ByteRange range, Priority priority) throws StorageException {
        try {
            Optional<Claim> claim = file.claim(range, priority);
            if (claim.isEmpty()) {
                throw requireNonNullElseGet(end, this::discarded).forAnotherCaller();
            }
            return claim.get();
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /** How the fetches ended; empty when to try again. Keeps the pin only when everything is here. */
    private Optional<Outcome> await(Claim claim, boolean lastAttempt) throws StorageException {
        boolean keepPin = false;
        try {
            Outcome outcome = Outcome.CACHED;
            for (Fetch fetch : claim.own()) {
                outcome = worse(outcome, fetch.await());
            }
            for (Fetch fetch : claim.others()) {
                outcome = worse(outcome, fetch.await());
            }
            keepPin = outcome == Outcome.CACHED;
            return Optional.of(outcome);
        } catch (InterruptedException _) {
            throw interrupted();
        } catch (StorageException e) {
            boolean othersFault = claim.own().isEmpty() && !isStale();
            if (othersFault && !lastAttempt) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (!keepPin) {
                file.unpin(claim.range());
            }
        }
    }

    private static Outcome worse(Outcome a, Outcome b) {
        return a == Outcome.CACHED ? b : a;
    }

    /** For this reader alone, when the cache has no room: the caller's thread does it, and nobody shares it. */
    private BlockSlice readPastCache(ByteRange range) throws StorageException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.toIntExact(range.length()));
        try {
            if (!source.read(range.start(), buffer, Priority.DEMAND)) {
                source.verify();
            }
        } catch (StorageException e) {
            throw retireIfGone(e);
        }
        parts.counters().pastCacheBytes.add(range.length());
        return new BlockSlice(MemorySegment.ofBuffer(buffer.flip()).asReadOnly(), () -> {});
    }

    private void count(Claim claim) {
        ReadCounters counters = parts.counters();
        if (!claim.own().isEmpty()) {
            counters.misses.increment();
        } else if (!claim.others().isEmpty()) {
            counters.waits.increment();
        } else {
            counters.hits.increment();
        }
    }

    /** Gone is stale to those who have it open. */
    private StorageException retireIfGone(StorageException failure) {
        boolean gone = failure.reason() == Reason.STALE || failure.reason() == Reason.NOT_FOUND;
        if (!gone) {
            return failure;
        }
        StorageException stale = failure.reason() == Reason.STALE
                ? failure
                : new StorageException(Reason.STALE, "read", path(), "it was removed elsewhere", failure);
        cache.retireStale(this, stale, failure.reason() == Reason.NOT_FOUND);
        return stale;
    }

    /** Another user's cache found that its bytes are wrong. */
    private StorageException discarded() {
        StorageException stale = new StorageException(Reason.STALE, "read", path(), "it was discarded");
        cache.retireStale(this, stale, false);
        return stale;
    }

    private StorageException interrupted() {
        Thread.currentThread().interrupt();
        return new StorageException(Reason.INTERRUPTED, "read", path(), "interrupted while waiting for bytes");
    }

    String path() {
        return object().path().value();
    }
}
