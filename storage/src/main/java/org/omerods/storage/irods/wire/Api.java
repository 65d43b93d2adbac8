package org.omerods.storage.irods.wire;

/** The calls of the server that this client uses, with their numbers. */
public enum Api {
    DATA_OBJ_PUT(606),
    DATA_OBJ_UNLINK(615),
    DATA_OBJ_RENAME(627),
    OBJ_STAT(633),
    DATA_OBJ_CLOSE(673),
    DATA_OBJ_LSEEK(674),
    DATA_OBJ_READ(675),
    DATA_OBJ_WRITE(676),
    RM_COLL(679),
    COLL_CREATE(681),
    GET_MISC_SVR_INFO(700),
    GEN_QUERY(702),
    MOD_AVU_METADATA(706),
    TICKET_ADMIN(723),
    ATOMIC_APPLY_METADATA_OPERATIONS(20002),
    REPLICA_OPEN(20003),
    REPLICA_CLOSE(20004),
    TOUCH(20007),
    AUTHENTICATION(110000);

    private final int number;

    Api(int number) {
        this.number = number;
    }

    /** What stands in the header's intInfo. */
    public int number() {
        return number;
    }
}
