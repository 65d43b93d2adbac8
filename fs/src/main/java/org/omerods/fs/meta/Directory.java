package org.omerods.fs.meta;

import java.util.Comparator;
import java.util.List;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;

/** The children of a collection in the order of their names, so that two listings of the same children are equal. */
public record Directory(List<Entry> entries) {
    public Directory {
        entries = List.copyOf(entries);
    }

    /** Whether a child of this name is among them. */
    public boolean has(String name) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).path().name().compareTo(name);
            if (order == 0) {
                return true;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return false;
    }

    static Directory of(Listing listing) {
        return new Directory(listing.entries().stream()
                .sorted(Comparator.comparing(entry -> entry.path().name()))
                .toList());
    }
}
