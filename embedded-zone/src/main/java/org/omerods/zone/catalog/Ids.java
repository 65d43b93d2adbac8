package org.omerods.zone.catalog;

import java.sql.SQLException;

/** Numbers that the catalog gives out once: of objects, collections, users, AVUs and tickets. */
public final class Ids {
    private Ids() {}

    /** The next number. Only inside a writing transaction. */
    public static long next(CatalogConnection connection) throws SQLException {
        return reserve(connection, 1);
    }

    /** The first of {@code count} numbers. Only inside a writing transaction. */
    public static long reserve(CatalogConnection connection, int count) throws SQLException {
        long first = connection.number("select next_id from R_SEQUENCE", 0);
        connection.update("update R_SEQUENCE set next_id = ?", first + count);
        return first;
    }
}
