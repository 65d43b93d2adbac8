package org.omerods.omero.sync;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.omerods.omero.event.Cursor;

/**
 * Filesets whose import has not ended. Nothing tells of its end, so they are looked at again: soon, then more and more
 * rarely, since a failed import leaves its rows for ever. After a day the comparison of everything takes over. One thread.
 */
final class PendingImports {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration HOLDS_CURSOR = Duration.ofHours(1);
    /** More than a server imports in a day one by one; the newest are kept. */
    static final int MAX_ENTRIES = 10_000;

    private record Entry(long since, Cursor cursor, long due, Duration pause) {}

    private final LongSupplier nanoTime;
    private final Map<Long, Entry> entries = new HashMap<>();

    PendingImports(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Those of {@code looked} that have not ended are {@code pending}; they were told of by what follows {@code cursor}. */
    void update(Collection<Long> looked, Set<Long> pending, Cursor cursor) {
        long now = nanoTime.getAsLong();
        for (long id : looked) {
            Entry old = entries.remove(id);
            if (!pending.contains(id) || entries.size() >= MAX_ENTRIES) {
                continue;
            }
            Duration pause = old == null ? FIRST_PAUSE : min(old.pause().multipliedBy(2), LONGEST_PAUSE);
            long since = old == null ? now : old.since();
            if (now - since < LONGEST.toNanos()) {
                Cursor told = old == null ? cursor : old.cursor();
                entries.put(id, new Entry(since, told, now + pause.toNanos(), pause));
            }
        }
    }

    /** Those that should be looked at now. */
    Set<Long> due() {
        long now = nanoTime.getAsLong();
        Set<Long> due = new HashSet<>();
        entries.forEach((id, entry) -> {
            if (entry.due() - now <= 0) {
                due.add(id);
            }
        });
        return due;
    }

    /** Until the next one is due, at most {@code limit}. */
    Duration untilNext(Duration limit) {
        long now = nanoTime.getAsLong();
        long wait = entries.values().stream()
                .mapToLong(entry -> entry.due() - now)
                .min()
                .orElse(limit.toNanos());
        return Duration.ofNanos(Math.clamp(wait, 0, limit.toNanos()));
    }

    /**
     * The cursor to write down: one before the oldest import that may still end without a word, so that a companion that
     * starts anew hears of it again. One that takes hours has failed, and does not hold it back.
     */
    Cursor safe(Cursor now) {
        long time = nanoTime.getAsLong();
        return entries.values().stream()
                .filter(entry -> time - entry.since() < HOLDS_CURSOR.toNanos())
                .map(Entry::cursor)
                .filter(cursor -> cursor.transaction() < now.transaction())
                .min(Comparator.comparingLong(Cursor::transaction))
                .orElse(now);
    }

    int size() {
        return entries.size();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
