package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Names bytes that do not change: two equal versions have equal content as far as the catalog can tell. iRODS times have
 * whole seconds, hence size and checksum are part of it.
 *
 * @param id the object's number in the catalog
 * @param replica number of the replica
 * @param size length in bytes, 0 or more
 * @param checksum as the catalog writes it ({@code sha2:…} base64, or hex MD5), empty when none is registered
 */
public record ObjectVersion(long id, int replica, long size, Instant modified, String checksum) {
    public ObjectVersion {
        requireNonNull(modified, "modified");
        requireNonNull(checksum, "checksum");
        if (size < 0) {
            throw new IllegalArgumentException("size " + size);
        }
    }
}
