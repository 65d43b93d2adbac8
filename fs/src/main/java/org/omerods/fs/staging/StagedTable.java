package org.omerods.fs.staging;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.storage.StoragePath;

/**
 * Which staged files there are: each by its number, and one at most by its path. Those that wait for a person have no path
 * here: it shows what the storage has. Thread-safe.
 */
final class StagedTable {
    private final Map<StoragePath, StagedFile> byPath = new ConcurrentHashMap<>();
    private final Map<Long, StagedFile> byNumber = new ConcurrentHashMap<>();

    /** Enters it by its number. */
    void add(StagedFile file) {
        byNumber.put(file.number(), file);
    }

    /** Gives a path to a file; returns who has it already. */
    Optional<StagedFile> claim(StoragePath path, StagedFile file) {
        return Optional.ofNullable(byPath.putIfAbsent(path, file));
    }

    /** A file gives its path up, if it has it. */
    boolean release(StagedFile file) {
        return byPath.remove(file.path(), file);
    }

    /** A file that had a path has another one now. */
    void moved(StoragePath from, StoragePath to, StagedFile file) {
        if (byPath.remove(from, file)) {
            byPath.put(to, file);
        }
    }

    void remove(StagedFile file) {
        release(file);
        byNumber.remove(file.number());
    }

    Optional<StagedFile> numbered(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Optional<StagedFile> at(StoragePath path) {
        return byPath.isEmpty() ? Optional.empty() : Optional.ofNullable(byPath.get(path));
    }

    /** Those directly in a collection. */
    List<StagedFile> in(StoragePath collection) {
        return byPath.isEmpty()
                ? List.of()
                : byPath.values().stream()
                        .filter(file -> file.path().parent().equals(collection))
                        .toList();
    }

    /** Those at a path or anywhere below it, in the order of their numbers. */
    List<StagedFile> below(StoragePath path) {
        return byPath.values().stream()
                .filter(file -> file.path().isIn(path))
                .sorted(Comparator.comparingLong(StagedFile::number))
                .toList();
    }

    /** Those that have a path; may change meanwhile. */
    Collection<StagedFile> withPath() {
        return byPath.values();
    }

    /** All; may change meanwhile. */
    Collection<StagedFile> all() {
        return byNumber.values();
    }
}
