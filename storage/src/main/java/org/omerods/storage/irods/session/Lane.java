package org.omerods.storage.irods.session;

/** What a connection is for. Each lane has connections of its own as far as there are enough. */
public enum Lane {
    /** Queries and changes of the catalog. */
    CATALOG,
    /** Reads that a program waits for: never behind prefetch, which would cost it several times its own time. */
    DEMAND,
    /** Prefetch. */
    TRANSFER,
    /** Catalog work for many objects at once: the connections of demand and prefetch together. */
    BULK,
    /** Writers: one at a time on a connection, since giving a write up means to drop it. */
    WRITE
}
