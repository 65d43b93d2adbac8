package org.omerods.fs.vfs;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.meta.Directory;
import org.omerods.fs.plan.SiblingConfig;
import org.omerods.fs.plan.SiblingRun;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ReplicaState;

/**
 * How programs read the files of one directory: in the order of the listing, as tar and whoever sorts names, or in that of inode
 * numbers, as cp, which expects that to be their order on a disk. Thread-safe.
 */
final class DirectoryRun {
    /** To sort more takes too long for what it may bring. */
    private static final int MAX_SORTED = 20_000;

    private static final long NOT_TO_BE_FETCHED = -1;
    private static final Comparator<Entry> BY_NUMBER = Comparator.comparingLong(Entry::id);

    private final SiblingRun listed;
    private final SiblingRun numbered;

    /** Guarded by this, as the runs are: a directory, and its children by their numbers. */
    private @Nullable Directory sorted;

    private List<Entry> byNumber = List.of();

    DirectoryRun(SiblingConfig config) {
        this.listed = new SiblingRun(config);
        this.numbered = new SiblingRun(config);
    }

    /** A file was read to its end. Returns what is to be fetched now. */
    synchronized List<Entry> read(Directory directory, String name) {
        int index = directory.indexOf(name);
        if (index < 0) {
            return List.of();
        }
        List<Entry> wanted = read(listed, directory.entries(), index);
        return listed.isRunning()
                ? wanted
                : readByNumber(directory, directory.entries().get(index));
    }

    @SuppressWarnings("ReferenceEquality") // to compare all children takes as long as to sort them
    private List<Entry> readByNumber(Directory directory, Entry entry) {
        if (entry.id() == 0 || directory.entries().size() > MAX_SORTED) {
            return List.of();
        }
        if (sorted != directory) {
            byNumber = directory.entries().stream().sorted(BY_NUMBER).toList();
            sorted = directory;
        }
        return read(numbered, byNumber, Collections.binarySearch(byNumber, entry, BY_NUMBER));
    }

    private static List<Entry> read(SiblingRun run, List<Entry> entries, int index) {
        return run.read(index, entries.size(), i -> sizeOf(entries.get(i))).stream()
                .map(entries::get)
                .toList();
    }

    /** Whether files are read in order just now. */
    synchronized boolean isRunning() {
        return listed.isRunning() || numbered.isRunning();
    }

    private static long sizeOf(Entry entry) {
        return entry instanceof DataObject object && object.size() > 0 && object.state() == ReplicaState.GOOD
                ? object.size()
                : NOT_TO_BE_FETCHED;
    }
}
