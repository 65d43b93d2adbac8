package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A data object, presented by its best replica: a good one where there is one.
 *
 * @param version the bytes of that replica, also the key under which they may be cached
 * @param state whether that replica is good
 * @param resource resource hierarchy of that replica, root first, {@code ;} between; empty where there is none
 * @param replicaCount how many replicas the object has, at least 1
 * @param permissions the nine bits that {@link Storage#setPermissions} keeps of it; empty where none are kept, or nobody asked
 */
public record DataObject(
        StoragePath path,
        ObjectVersion version,
        ReplicaState state,
        String resource,
        int replicaCount,
        String owner,
        Instant created,
        OptionalInt permissions)
        implements Entry {
    public DataObject {
        requireNonNull(path, "path");
        requireNonNull(version, "version");
        requireNonNull(state, "state");
        requireNonNull(resource, "resource");
        requireNonNull(owner, "owner");
        requireNonNull(created, "created");
        Entry.requirePermissions(permissions);
        if (replicaCount < 1) {
            throw new IllegalArgumentException("replicaCount " + replicaCount);
        }
    }

    /** One of which no permissions are kept. */
    public DataObject(
            StoragePath path,
            ObjectVersion version,
            ReplicaState state,
            String resource,
            int replicaCount,
            String owner,
            Instant created) {
        this(path, version, state, resource, replicaCount, owner, created, OptionalInt.empty());
    }

    @Override
    public long id() {
        return version.id();
    }

    @Override
    public Instant modified() {
        return version.modified();
    }

    /** Length in bytes. */
    public long size() {
        return version.size();
    }

    /** The same object, called otherwise. */
    public DataObject at(StoragePath otherPath) {
        return new DataObject(otherPath, version, state, resource, replicaCount, owner, created, permissions);
    }

    /** The same object with other permissions beside it. */
    public DataObject with(OptionalInt otherPermissions) {
        return new DataObject(path, version, state, resource, replicaCount, owner, created, otherPermissions);
    }

    /**
     * Whether bytes that were made from {@code base} may replace this object: it still is that version, or nothing good
     * is in it, which is how an upload that broke leaves an object.
     */
    public boolean mayBeOverwrittenFrom(ObjectVersion base) {
        return version.equals(base) || (id() == base.id() && state == ReplicaState.STALE);
    }
}
