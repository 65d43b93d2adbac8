package org.omerods.fs.meta;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;

/** The children of a collection in the order of their names, so that two listings of the same children are equal. */
public record Directory(List<Entry> entries) {
    static final Directory EMPTY = new Directory(List.of());

    public Directory {
        entries = List.copyOf(entries);
    }

    /** Whether a child of this name is among them. */
    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The same with a child more, or another in its place. */
    public Directory with(Entry child) {
        List<Entry> changed = new ArrayList<>(entries);
        int index = indexOf(child.path().name());
        if (index >= 0) {
            changed.set(index, child);
        } else {
            changed.add(-index - 1, child);
        }
        return new Directory(changed);
    }

    /** The same without a child. */
    public Directory without(String name) {
        int index = indexOf(name);
        if (index < 0) {
            return this;
        }
        List<Entry> changed = new ArrayList<>(entries);
        changed.remove(index);
        return new Directory(changed);
    }

    /** Where a name is, or the number before 0 that says where it would be, as of {@link java.util.Arrays#binarySearch}. */
    public int indexOf(String name) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).path().name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    static Directory of(Listing listing) {
        return new Directory(listing.entries().stream()
                .sorted(Comparator.comparing(entry -> entry.path().name()))
                .toList());
    }
}
