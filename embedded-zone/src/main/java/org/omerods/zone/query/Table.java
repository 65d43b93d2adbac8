package org.omerods.zone.query;

/** The tables that queries see, each under its alias; one table of the catalog may be here in several roles. */
enum Table {
    DATA("R_DATA_MAIN", "d"),
    COLL("R_COLL_MAIN", "c"),
    RESC("R_RESC_MAIN", "r"),
    USER("R_USER_MAIN", "u"),
    ZONE("R_ZONE_MAIN", "z"),
    TICKET("R_TICKET_MAIN", "t"),
    TOKEN("R_TOKN_MAIN", "k"),
    QUOTA("(select 0 as quota_over, 0 as user_id where 0)", "q"),
    DELAYED("R_RULE_EXEC", "x"),
    USER_LOGIN("R_USER_AUTH", "ul"),
    MEMBERSHIP("R_USER_GROUP", "ug"),
    GROUP("R_USER_MAIN", "g"),
    DATA_ACCESS("R_OBJT_ACCESS", "da"),
    DATA_TOKEN("R_TOKN_MAIN", "dk"),
    DATA_USER("R_USER_MAIN", "du"),
    DATA_MEMBERSHIP("R_USER_GROUP", "dg"),
    DATA_MEMBER("R_USER_MAIN", "dw"),
    COLL_ACCESS("R_OBJT_ACCESS", "ca"),
    COLL_TOKEN("R_TOKN_MAIN", "ck"),
    COLL_USER("R_USER_MAIN", "cu"),
    COLL_MEMBERSHIP("R_USER_GROUP", "cg"),
    COLL_MEMBER("R_USER_MAIN", "cw"),
    TICKET_DATA("R_DATA_MAIN", "td"),
    TICKET_DATA_COLL("R_COLL_MAIN", "tdc"),
    TICKET_COLL("R_COLL_MAIN", "tc"),
    TICKET_OWNER("R_USER_MAIN", "tu"),
    TICKET_HOST("R_TICKET_ALLOWED_HOSTS", "th"),
    TICKET_USER("R_TICKET_ALLOWED_USERS", "tau"),
    TICKET_GROUP("R_TICKET_ALLOWED_GROUPS", "tag"),
    DATA_MAP("R_OBJT_METAMAP", "dmm"),
    DATA_META("R_META_MAIN", "dm"),
    COLL_MAP("R_OBJT_METAMAP", "cmm"),
    COLL_META("R_META_MAIN", "cm"),
    RESC_MAP("R_OBJT_METAMAP", "rmm"),
    RESC_META("R_META_MAIN", "rm"),
    USER_MAP("R_OBJT_METAMAP", "umm"),
    USER_META("R_META_MAIN", "um");

    private final String source;
    private final String alias;

    Table(String source, String alias) {
        this.source = source;
        this.alias = alias;
    }

    String alias() {
        return alias;
    }

    /** The table with its alias, for a from clause. */
    String from() {
        return source + " " + alias;
    }

    /** Whether rows without a partner in this table stay in a GenQuery 2. */
    boolean isOptional() {
        return compareTo(DATA_MAP) >= 0;
    }
}
