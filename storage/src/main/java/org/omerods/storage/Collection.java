package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A collection (directory).
 *
 * @param permissions the nine bits that {@link Storage#setPermissions} keeps of it; empty where none are kept, or nobody asked
 */
public record Collection(
        StoragePath path, long id, String owner, Instant created, Instant modified, OptionalInt permissions)
        implements Entry {
    public Collection {
        requireNonNull(path, "path");
        requireNonNull(owner, "owner");
        requireNonNull(created, "created");
        requireNonNull(modified, "modified");
        Entry.requirePermissions(permissions);
    }

    /** One of which no permissions are kept. */
    public Collection(StoragePath path, long id, String owner, Instant created, Instant modified) {
        this(path, id, owner, created, modified, OptionalInt.empty());
    }

    /** The same collection, called otherwise. */
    public Collection at(StoragePath otherPath) {
        return new Collection(otherPath, id, owner, created, modified, permissions);
    }

    /** The same collection with other permissions beside it. */
    public Collection with(OptionalInt otherPermissions) {
        return new Collection(path, id, owner, created, modified, otherPermissions);
    }
}
