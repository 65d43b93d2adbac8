package org.omerods.storage.irods.wire;

import org.omerods.storage.ReplicaState;

/** How the catalog numbers the states of a replica. */
public final class ReplicaStates {
    private ReplicaStates() {}

    /** @throws IllegalArgumentException for a number without a meaning */
    public static ReplicaState of(long status) {
        if (status < 0 || status > 4) {
            throw new IllegalArgumentException("replica status " + status);
        }
        return switch ((int) status) {
            case 0 -> ReplicaState.STALE;
            case 1 -> ReplicaState.GOOD;
            case 2 -> ReplicaState.INTERMEDIATE;
            case 3 -> ReplicaState.READ_LOCKED;
            default -> ReplicaState.WRITE_LOCKED;
        };
    }
}
