package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A collection (directory). */
public record Collection(StoragePath path, long id, String owner, Instant created, Instant modified) implements Entry {
    public Collection {
        requireNonNull(path, "path");
        requireNonNull(owner, "owner");
        requireNonNull(created, "created");
        requireNonNull(modified, "modified");
    }
}
