package org.omerods.storage;

/** State of a replica as iRODS numbers it (DATA_REPL_STATUS 0 to 4). */
public enum ReplicaState {
    /** Out of date, or its writer went away. Never served as good. */
    STALE,
    GOOD,
    /** Being written. */
    INTERMEDIATE,
    /** A sibling replica is being read or written under a lock. */
    READ_LOCKED,
    WRITE_LOCKED
}
