package org.omerods.zone.catalog;

import java.sql.SQLException;

/** Permissions on objects and collections. Stateless. */
public final class Access {
    private Access() {}

    /** The highest level that {@code user} has on {@code object}, by himself or by a group; 0 for none. */
    public static int level(CatalogConnection connection, long object, long user) throws SQLException {
        return (int) connection.number("""
                select coalesce(max(a.access_type_id), 0) from R_OBJT_ACCESS a
                join R_USER_GROUP g on g.user_id = ? and g.group_user_id = a.user_id where a.object_id = ?""", 0, user, object);
    }

    /** Sets what {@code user} may do; {@link Permission#NULL} removes the entry. */
    public static void set(CatalogConnection connection, long object, long user, Permission permission, String now)
            throws SQLException {
        if (permission == Permission.NULL) {
            connection.update("delete from R_OBJT_ACCESS where object_id = ? and user_id = ?", object, user);
        } else {
            connection.update(
                    "insert or replace into R_OBJT_ACCESS values (?,?,?,?,?)",
                    object,
                    user,
                    permission.level(),
                    now,
                    now);
        }
    }

    /** Gives {@code object} the entries of {@code from}, except for users who have one already. */
    public static void inherit(CatalogConnection connection, long object, long from, String now) throws SQLException {
        connection.update("""
                insert or ignore into R_OBJT_ACCESS
                select ?, user_id, access_type_id, ?, ? from R_OBJT_ACCESS where object_id = ?""", object, now, now, from);
    }

    /** Removes all entries of {@code object}. */
    public static void clear(CatalogConnection connection, long object) throws SQLException {
        connection.update("delete from R_OBJT_ACCESS where object_id = ?", object);
    }
}
