package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The block files of one cache by version, and how many caches of users have each: what an earlier process left and nobody
 * has opened since belongs to none. The longest unopened first. Thread-safe; no I/O and no other lock under its own.
 */
final class FileTable {
    private static final class Row {
        private final CachedFile file;
        private int holders;

        /** A holder saw a newer version, or had no room: it goes with the last one. */
        private boolean obsolete;

        private Row(CachedFile file) {
            this.file = file;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContentKey, Row> rows = new LinkedHashMap<>(16, 0.75f, true);

    FileTable(Collection<CachedFile> found) {
        found.forEach(file -> rows.put(file.key(), new Row(file)));
    }

    /** The file of a version with one holder more, made when there is none. */
    CachedFile acquire(ContentKey key, Supplier<CachedFile> making) {
        lock.lock();
        try {
            Row row = rows.computeIfAbsent(key, _ -> new Row(making.get()));
            row.holders++;
            row.obsolete = false; // whoever opens it was just told that it is the version
            return row.file;
        } finally {
            lock.unlock();
        }
    }

    /** Puts in a file with one holder; false when there is one of that version. */
    boolean add(CachedFile file) {
        lock.lock();
        try {
            Row row = new Row(file);
            row.holders = 1;
            return rows.putIfAbsent(file.key(), row) == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * One holder less.
     *
     * @param keep whether the file is still of use
     * @return whether it is out now: to be retired
     */
    boolean release(CachedFile file, boolean keep) {
        lock.lock();
        try {
            Row row = rows.get(file.key());
            if (row == null || row.file != file) {
                return false;
            }
            row.holders--;
            row.obsolete |= !keep;
            boolean out = row.holders == 0 && row.obsolete;
            if (out) {
                rows.remove(file.key());
            }
            return out;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a file out, whoever holds it. */
    void remove(CachedFile file) {
        lock.lock();
        try {
            Row row = rows.get(file.key());
            if (row != null && row.file == file) {
                rows.remove(file.key());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody but the one who asks holds a file. */
    boolean isHeldOnce(CachedFile file) {
        lock.lock();
        try {
            Row row = rows.get(file.key());
            return row != null && row.file == file && row.holders == 1;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the file of a version that nobody holds: to be retired. */
    Optional<CachedFile> takeUnheld(ContentKey key) {
        lock.lock();
        try {
            Row row = rows.get(key);
            if (row == null || row.holders > 0) {
                return Optional.empty();
            }
            rows.remove(key);
            return Optional.of(row.file);
        } finally {
            lock.unlock();
        }
    }

    /** Those that nobody holds of other versions of the object of {@code key}, which was just told to be its version: to be retired. */
    List<CachedFile> takeOthers(ContentKey key) {
        lock.lock();
        try {
            List<CachedFile> others = rows.values().stream()
                    .filter(row -> row.holders == 0 && row.file.key().isOtherVersionOf(key))
                    .map(row -> row.file)
                    .toList();
            others.forEach(file -> rows.remove(file.key()));
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** What nobody holds and is too much: to be retired. */
    List<CachedFile> takeExcess(int maxFiles) {
        List<CachedFile> excess = new ArrayList<>();
        lock.lock();
        try {
            Iterator<Row> eldest = rows.values().iterator();
            while (rows.size() > maxFiles && eldest.hasNext()) {
                Row row = eldest.next();
                if (row.holders == 0 && !row.file.isPinned()) {
                    excess.add(row.file);
                    eldest.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return excess;
    }

    int size() {
        lock.lock();
        try {
            return rows.size();
        } finally {
            lock.unlock();
        }
    }

    List<CachedFile> all() {
        lock.lock();
        try {
            return rows.values().stream().map(row -> row.file).toList();
        } finally {
            lock.unlock();
        }
    }

    List<CachedFile> takeAll() {
        lock.lock();
        try {
            List<CachedFile> all = rows.values().stream().map(row -> row.file).toList();
            rows.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
