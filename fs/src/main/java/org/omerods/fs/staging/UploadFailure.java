package org.omerods.fs.staging;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.omerods.storage.StorageException.Reason;

/**
 * Why bytes are not in the storage yet.
 *
 * @param attempts how often it was tried in vain
 * @param parked whether it waits for a person; else it is tried again by itself
 */
record UploadFailure(Reason reason, String message, int attempts, Instant last, boolean parked) {
    UploadFailure {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        requireNonNull(last, "last");
    }

    /** Whether trying again by itself may help: the way or the place was at fault, not the file. */
    static boolean passes(Reason reason) {
        return switch (reason) {
            case UNAVAILABLE, TIMEOUT, NO_SPACE, LOCKED, CORRUPT, INTERRUPTED, CLOSED, LOGIN_REFUSED, NO_GOOD_REPLICA ->
                true;
            case NOT_FOUND,
                    ALREADY_EXISTS,
                    NOT_A_COLLECTION,
                    IS_A_COLLECTION,
                    NOT_EMPTY,
                    ACCESS_DENIED,
                    STALE,
                    NAME_TOO_LONG,
                    INVALID,
                    UNSUPPORTED,
                    READ_ONLY -> false;
        };
    }
}
