package org.omerods.storage;

import java.util.List;

/**
 * The children of one collection: complete.
 *
 * @param entries each child once
 * @param problems one sentence for each child that cannot be presented
 */
public record Listing(List<Entry> entries, List<String> problems) {
    public Listing {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}
