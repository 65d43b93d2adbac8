package org.omerods.storage.irods.catalog;

/** Columns of GenQuery1 that this client asks for, with their numbers. */
enum Column {
    USER_ID(201),
    USER_NAME(202),
    USER_TYPE(203),
    USER_ZONE(204),
    RESC_NAME(302),
    RESC_LOC(306),
    DATA_ID(401),
    DATA_NAME(403),
    DATA_REPL_NUM(404),
    DATA_SIZE(407),
    DATA_OWNER_NAME(411),
    DATA_REPL_STATUS(413),
    DATA_CHECKSUM(415),
    DATA_CREATE_TIME(419),
    DATA_MODIFY_TIME(420),
    DATA_RESC_HIER(422),
    COLL_ID(500),
    COLL_NAME(501),
    COLL_PARENT_NAME(502),
    COLL_OWNER_NAME(503),
    COLL_CREATE_TIME(508),
    COLL_MODIFY_TIME(509),
    META_DATA_ATTR_NAME(600),
    META_DATA_ATTR_VALUE(601),
    META_DATA_ATTR_UNITS(602),
    META_COLL_ATTR_NAME(610),
    META_COLL_ATTR_VALUE(611),
    META_COLL_ATTR_UNITS(612),
    DATA_ACCESS_TYPE(700),
    DATA_ACCESS_USER_ID(703),
    DATA_ACCESS_DATA_ID(704),
    COLL_ACCESS_TYPE(710),
    COLL_ACCESS_USER_ID(713),
    COLL_ACCESS_COLL_ID(714),
    USER_GROUP_ID(900);

    private final int number;

    Column(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
