package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What chmod(2), chown(2), truncate(2) and utimensat(2) ask for; absent is what stays. Times of access are not kept by
 * anybody and so not among it.
 *
 * @param size new length in bytes
 * @param modified new mtime
 * @param permissions the lower twelve bits of st_mode
 * @param handle the open file by which it is asked; absent when it is asked by name
 */
public record AttributeChange(
        OptionalLong size,
        Optional<Instant> modified,
        OptionalInt permissions,
        OptionalInt uid,
        OptionalInt gid,
        OptionalLong handle) {
    public AttributeChange {
        requireNonNull(size, "size");
        requireNonNull(modified, "modified");
        requireNonNull(permissions, "permissions");
        requireNonNull(uid, "uid");
        requireNonNull(gid, "gid");
        requireNonNull(handle, "handle");
    }

    /** Whether owner, group or permissions are to change. */
    public boolean ofOwnership() {
        return permissions.isPresent() || uid.isPresent() || gid.isPresent();
    }
}
