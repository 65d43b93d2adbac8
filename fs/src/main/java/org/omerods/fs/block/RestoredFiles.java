package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an earlier process left and nobody has opened since, the longest unwritten first. Thread-safe; no I/O and no other
 * lock under its own.
 */
final class RestoredFiles {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContentKey, CachedFile> files = new LinkedHashMap<>();

    RestoredFiles(Collection<CachedFile> found) {
        found.forEach(file -> files.put(file.key(), file));
    }

    /** The file of a version, which is the caller's from now on. */
    Optional<CachedFile> take(ContentKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(files.remove(key));
        } finally {
            lock.unlock();
        }
    }

    /** Other versions of the object of {@code key}, which was just told to be its version: to be retired. */
    List<CachedFile> takeOthers(ContentKey key) {
        lock.lock();
        try {
            List<CachedFile> others = files.values().stream()
                    .filter(file -> file.key().isOtherVersionOf(key))
                    .toList();
            others.forEach(file -> files.remove(file.key()));
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** What is too much, to be retired. */
    List<CachedFile> takeExcess(int maxFiles) {
        List<CachedFile> excess = new ArrayList<>();
        lock.lock();
        try {
            Iterator<CachedFile> eldest = files.values().iterator();
            while (files.size() > Math.max(0, maxFiles) && eldest.hasNext()) {
                CachedFile file = eldest.next();
                if (!file.isPinned()) {
                    excess.add(file);
                    eldest.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return excess;
    }

    List<CachedFile> takeAll() {
        lock.lock();
        try {
            List<CachedFile> all = List.copyOf(files.values());
            files.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    List<CachedFile> all() {
        lock.lock();
        try {
            return List.copyOf(files.values());
        } finally {
            lock.unlock();
        }
    }
}
