package org.omerods.zone.catalog;

import java.sql.SQLException;

/** AVUs of objects, collections, users and resources, told apart by the number of what they are on. Stateless. */
public final class Avus {
    private Avus() {}

    /** An AVU without its place. */
    public record Triple(String attribute, String value, String units) {}

    public static boolean has(CatalogConnection connection, long object, Triple avu) throws SQLException {
        return connection.exists("""
                select 1 from R_OBJT_METAMAP m join R_META_MAIN t on t.meta_id = m.meta_id
                where m.object_id = ? and t.meta_attr_name = ? and t.meta_attr_value = ? and t.meta_attr_unit = ?""", object, avu.attribute(), avu.value(), avu.units());
    }

    /** Adds an AVU; equal triples of different objects share one row. */
    public static void add(CatalogConnection connection, long object, Triple avu, String now) throws SQLException {
        long id = find(connection, avu);
        if (id < 0) {
            id = Ids.next(connection);
            connection.update(
                    "insert into R_META_MAIN values (?,?,?,?,?,?)",
                    id,
                    avu.attribute(),
                    avu.value(),
                    avu.units(),
                    now,
                    now);
        }
        connection.update("insert or ignore into R_OBJT_METAMAP values (?,?,?,?)", object, id, now, now);
    }

    /** Removes an AVU; returns whether it was there. */
    public static boolean remove(CatalogConnection connection, long object, Triple avu) throws SQLException {
        long id = find(connection, avu);
        boolean removed =
                connection.update("delete from R_OBJT_METAMAP where object_id = ? and meta_id = ?", object, id) > 0;
        if (removed) {
            dropUnused(connection, id);
        }
        return removed;
    }

    /** Removes all AVUs of {@code object} with {@code attribute}. */
    public static void removeAttribute(CatalogConnection connection, long object, String attribute)
            throws SQLException {
        for (long id : connection.list("""
                select t.meta_id from R_OBJT_METAMAP m join R_META_MAIN t on t.meta_id = m.meta_id
                where m.object_id = ? and t.meta_attr_name = ?""", row -> row.getLong(1), object, attribute)) {
            connection.update("delete from R_OBJT_METAMAP where object_id = ? and meta_id = ?", object, id);
            dropUnused(connection, id);
        }
    }

    /** Removes all AVUs of {@code object}. */
    public static void clear(CatalogConnection connection, long object) throws SQLException {
        for (long id : connection.list(
                "select meta_id from R_OBJT_METAMAP where object_id = ?", row -> row.getLong(1), object)) {
            connection.update("delete from R_OBJT_METAMAP where object_id = ? and meta_id = ?", object, id);
            dropUnused(connection, id);
        }
    }

    /** Gives {@code to} the AVUs of {@code from}; returns how many it did not have. */
    public static int copy(CatalogConnection connection, long from, long to, String now) throws SQLException {
        return connection.update(
                "insert or ignore into R_OBJT_METAMAP select ?, meta_id, ?, ? from R_OBJT_METAMAP where object_id = ?",
                to,
                now,
                now,
                from);
    }

    private static long find(CatalogConnection connection, Triple avu) throws SQLException {
        return connection.number(
                "select meta_id from R_META_MAIN where meta_attr_name = ? and meta_attr_value = ? and meta_attr_unit = ?",
                -1,
                avu.attribute(),
                avu.value(),
                avu.units());
    }

    private static void dropUnused(CatalogConnection connection, long id) throws SQLException {
        connection.update(
                "delete from R_META_MAIN where meta_id = ?1 and not exists (select 1 from R_OBJT_METAMAP where meta_id = ?1)",
                id);
    }
}
