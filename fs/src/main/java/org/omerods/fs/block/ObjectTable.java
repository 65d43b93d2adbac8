package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The object versions that have users or blocks, in order of last opening. Thread-safe; no I/O and no other lock
 * under its own.
 */
final class ObjectTable {
    /** What became of an object when a user left. */
    enum Release {
        STILL_USED,
        /** Nobody uses it, its blocks are kept. */
        RESTS,
        /** It was obsolete and this was its last user: to be retired. */
        REMOVED,
        GONE_BEFORE
    }

    private static final class Row {
        private final CachedObject object;
        private int users;
        private boolean obsolete;

        private Row(CachedObject object) {
            this.object = object;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContentKey, Row> rows = new LinkedHashMap<>(16, 0.75f, true);

    /** The row's object with one more user, made when there is none. */
    CachedObject acquire(ContentKey key, Supplier<CachedObject> making) {
        lock.lock();
        try {
            Row row = rows.computeIfAbsent(key, _ -> new Row(making.get()));
            row.users++;
            row.obsolete = false; // whoever opens it was just told that it is the version
            return row.object;
        } finally {
            lock.unlock();
        }
    }

    /** Puts in a row with one user; false when there is one of that key. */
    boolean add(ContentKey key, CachedObject object) {
        lock.lock();
        try {
            Row row = new Row(object);
            row.users = 1;
            return rows.putIfAbsent(key, row) == null;
        } finally {
            lock.unlock();
        }
    }

    /** One user less. */
    Release release(CachedObject object) {
        ContentKey key = ContentKey.of(object.object());
        lock.lock();
        try {
            Row row = rows.get(key);
            if (row == null || row.object != object) {
                return Release.GONE_BEFORE;
            }
            row.users--;
            if (row.users > 0) {
                return Release.STILL_USED;
            }
            if (row.obsolete) {
                rows.remove(key);
                return Release.REMOVED;
            }
            return Release.RESTS;
        } finally {
            lock.unlock();
        }
    }

    /** Marks a version as replaced; returns it, removed, when nobody uses it. */
    Optional<CachedObject> markObsolete(ContentKey key) {
        lock.lock();
        try {
            Row row = rows.get(key);
            if (row == null) {
                return Optional.empty();
            }
            row.obsolete = true;
            if (row.users > 0) {
                return Optional.empty();
            }
            rows.remove(key);
            return Optional.of(row.object);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a version that nobody uses. */
    Optional<CachedObject> takeUnused(ContentKey key) {
        lock.lock();
        try {
            Row row = rows.get(key);
            if (row == null || row.users > 0) {
                return Optional.empty();
            }
            rows.remove(key);
            return Optional.of(row.object);
        } finally {
            lock.unlock();
        }
    }

    /** Takes an object out, whoever uses it. Returns false when it was out. */
    boolean remove(CachedObject object) {
        ContentKey key = ContentKey.of(object.object());
        lock.lock();
        try {
            Row row = rows.get(key);
            if (row == null || row.object != object) {
                return false;
            }
            rows.remove(key);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out so many of those without users, or fewer when there are not so many; the longest unused first. */
    List<CachedObject> removeUnused(int most) {
        List<CachedObject> removed = new ArrayList<>();
        lock.lock();
        try {
            Iterator<Row> eldest = rows.values().iterator();
            while (removed.size() < most && eldest.hasNext()) {
                Row row = eldest.next();
                if (row.users == 0 && !row.object.file().isPinned()) {
                    eldest.remove();
                    removed.add(row.object);
                }
            }
        } finally {
            lock.unlock();
        }
        return removed;
    }

    List<CachedObject> all() {
        lock.lock();
        try {
            return rows.values().stream().map(row -> row.object).toList();
        } finally {
            lock.unlock();
        }
    }

    List<CachedObject> removeAll() {
        lock.lock();
        try {
            List<CachedObject> all =
                    rows.values().stream().map(row -> row.object).toList();
            rows.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
