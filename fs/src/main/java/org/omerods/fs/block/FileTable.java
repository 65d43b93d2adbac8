package org.omerods.fs.block;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** All below are guarded by the lock. */
    private final Map<ContentKey, Row> rows = new LinkedHashMap<>(16, 0.75f, true);

    /** Those of {@code rows} without a holder, and they alone: looking for them among thousands would cost each open. */
    private final Map<ContentKey, Row> unheld = new LinkedHashMap<>();

    /** The same by object, of which there may be several versions. */
    private final Map<ContentKey.OfObject, Set<ContentKey>> unheldVersions = new HashMap<>();

    FileTable(Collection<CachedFile> found) {
        for (CachedFile file : found) {
            Row row = new Row(file);
            rows.put(file.key(), row);
            rest(row);
        }
    }

    /** The file of a version with one holder more, made when there is none. */
    CachedFile acquire(ContentKey key, Supplier<CachedFile> making) {
        lock.lock();
        try {
            Row row = rows.computeIfAbsent(key, _ -> new Row(making.get()));
            if (row.holders++ == 0) {
                wake(row);
            }
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
            if (row.holders > 0) {
                return false;
            }
            if (row.obsolete) {
                rows.remove(file.key());
            } else {
                rest(row);
            }
            return row.obsolete;
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
                wake(row);
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
            return Optional.ofNullable(unheld.get(key)).map(this::takeOut);
        } finally {
            lock.unlock();
        }
    }

    /** Those that nobody holds of other versions of the object of {@code key}, which was just told to be its version: to be retired. */
    List<CachedFile> takeOthers(ContentKey key) {
        lock.lock();
        try {
            List<ContentKey> others = unheldVersions.getOrDefault(key.object(), Set.of()).stream()
                    .filter(version -> !version.equals(key))
                    .toList();
            return others.stream()
                    .map(version -> takeOut(requireNonNull(unheld.get(version))))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** What nobody holds and is too much: to be retired. */
    List<CachedFile> takeExcess(int maxFiles) {
        List<Row> excess = new ArrayList<>();
        lock.lock();
        try {
            int over = rows.size() - maxFiles;
            Iterator<Row> eldest = unheld.values().iterator();
            while (excess.size() < over && eldest.hasNext()) {
                Row row = eldest.next();
                if (!row.file.isPinned()) {
                    excess.add(row);
                }
            }
            return excess.stream().map(this::takeOut).toList();
        } finally {
            lock.unlock();
        }
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
            unheld.clear();
            unheldVersions.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** The last holder went, or there never was one. */
    private void rest(Row row) {
        ContentKey key = row.file.key();
        unheld.put(key, row);
        unheldVersions.computeIfAbsent(key.object(), _ -> new HashSet<>()).add(key);
    }

    /** It is not, or no longer, one of those without a holder. */
    private void wake(Row row) {
        ContentKey key = row.file.key();
        if (unheld.remove(key) != null) {
            unheldVersions.computeIfPresent(key.object(), (_, versions) -> {
                versions.remove(key);
                return versions.isEmpty() ? null : versions;
            });
        }
    }

    private CachedFile takeOut(Row row) {
        rows.remove(row.file.key());
        wake(row);
        return row.file;
    }
}
