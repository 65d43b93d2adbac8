package org.omerods.zone.agent;

/** How an object is opened; the numbers are those of Linux. */
record OpenFlags(int bits) {
    private static final int ACCESS_MODE = 3;
    private static final int CREATE = 64;
    private static final int EXCLUSIVE = 128;
    private static final int TRUNCATE = 512;
    private static final int APPEND = 1024;

    /** What a put does: create and empty. */
    static OpenFlags forPut() {
        return new OpenFlags(1 | CREATE | TRUNCATE);
    }

    boolean writes() {
        return (bits & ACCESS_MODE) != 0;
    }

    boolean creates() {
        return (bits & CREATE) != 0;
    }

    boolean exclusive() {
        return (bits & EXCLUSIVE) != 0;
    }

    boolean truncates() {
        return (bits & TRUNCATE) != 0;
    }

    boolean appends() {
        return (bits & APPEND) != 0;
    }
}
