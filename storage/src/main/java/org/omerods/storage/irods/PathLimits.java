package org.omerods.storage.irods;

import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** How long a path may be, in bytes of UTF-8. What is longer is refused before anything is sent. */
final class PathLimits {
    /** MAX_NAME_LEN without its end mark: what is longer has no room in a request, and nothing can lie there. */
    static final int MAX_BYTES = 1_087;

    /**
     * For something new. A server puts the directory of its vault in place of the zone and has the same room for that: one
     * with the usual directory was seen to keep 1,050 bytes and to refuse 1,087 (USER_STRLEN_TOOLONG) when the bytes came.
     */
    static final int MAX_NEW_BYTES = 1_050;

    private PathLimits() {}

    /** For what may be there. */
    static StoragePath require(String operation, StoragePath path) throws StorageException {
        return require(operation, path, MAX_BYTES);
    }

    /** For what is to be made. */
    static StoragePath requireNew(String operation, StoragePath path) throws StorageException {
        return require(operation, path, MAX_NEW_BYTES);
    }

    private static StoragePath require(String operation, StoragePath path, int max) throws StorageException {
        int bytes = path.byteLength();
        if (bytes > max) {
            throw new StorageException(
                    Reason.NAME_TOO_LONG,
                    operation,
                    path.value(),
                    "a path of " + bytes + " bytes, iRODS has room for " + max);
        }
        return path;
    }
}
