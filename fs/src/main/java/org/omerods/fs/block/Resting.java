package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Objects that nobody has open just now. Programs close and reopen a slide at each change of level, some for each tile
 * (OpenSlide: thousands of times for a walk through a slide), so the server's descriptor outlives such a moment; and so
 * neither an open nor a close may cost a thread or a timer here: one look at the eldest every while is enough.
 *
 * <p>Thread-safe. Descriptors are closed on threads of the executor, which waits for the server.
 */
final class Resting {
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Idle descriptors on the server, of the about 1,000 that one iRODS agent can have. */
    static final int MAX_OBJECTS = 64;

    private final ReentrantLock lock = new ReentrantLock();

    /** Since when, in the order of it. */
    private final LinkedHashMap<CachedObject, Long> since = new LinkedHashMap<>();

    private final Executor closing;
    private final Ticker ticker;

    /** Whether a look is to come; guarded by the lock. */
    private boolean watched;

    Resting(Executor closing, Ticker ticker) {
        this.closing = closing;
        this.ticker = ticker;
    }

    /** Nobody has it open any more. */
    void begin(CachedObject object) {
        List<CachedObject> over = new ArrayList<>(0);
        boolean watch;
        lock.lock();
        try {
            long now = ticker.read();
            since.putLast(object, now);
            takeOver(now, over);
            watch = !watched;
            watched = true;
        } finally {
            lock.unlock();
        }
        close(over);
        if (watch) {
            lookAfter(LONGEST.toNanos());
        }
    }

    /** Somebody has opened it again. */
    void end(CachedObject object) {
        lock.lock();
        try {
            since.remove(object);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes out what has rested long enough, or is too much. Returns the nanoseconds for which no more will have; 0 when
     * nothing rests.
     */
    private long takeOver(long now, List<CachedObject> over) {
        Iterator<Map.Entry<CachedObject, Long>> eldest = since.entrySet().iterator();
        while (eldest.hasNext()) {
            Map.Entry<CachedObject, Long> entry = eldest.next();
            long left = LONGEST.toNanos() - (now - entry.getValue());
            if (left > 0 && since.size() <= MAX_OBJECTS) {
                return left;
            }
            over.add(entry.getKey());
            eldest.remove();
        }
        return 0;
    }

    private void lookAfter(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, closing).execute(this::look);
    }

    private void look() {
        List<CachedObject> over = new ArrayList<>();
        long next;
        lock.lock();
        try {
            next = takeOver(ticker.read(), over);
            watched = next > 0;
        } finally {
            lock.unlock();
        }
        close(over);
        if (next > 0) {
            lookAfter(next);
        }
    }

    private void close(List<CachedObject> objects) {
        if (!objects.isEmpty()) {
            closing.execute(() -> objects.forEach(object -> object.source().closeIfUnused()));
        }
    }
}
