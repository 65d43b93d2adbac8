package org.omerods.zone.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Tickets. Stateless. */
public final class Tickets {
    private Tickets() {}

    /**
     * A ticket.
     *
     * @param objectId the object or collection that it opens
     * @param usesLimit 0 for no limit
     * @param expires in the 11 digits of {@link Times}, empty for never
     */
    public record Ticket(
            long id,
            String name,
            boolean writes,
            long userId,
            long objectId,
            boolean forCollection,
            int usesLimit,
            int usesCount,
            String expires) {
        /** Whether its time is over at {@code now}. */
        public boolean isExpired(String now) {
            return !expires.isEmpty() && expires.compareTo(now) < 0;
        }

        /** Whether it has no use left. */
        public boolean isUsedUp() {
            return usesLimit > 0 && usesCount >= usesLimit;
        }
    }

    public static Optional<Ticket> find(CatalogConnection connection, String name) throws SQLException {
        return connection.first("""
                select ticket_id, ticket_string, ticket_type, user_id, object_id, object_type, uses_limit, uses_count,
                  ticket_expiry_ts from R_TICKET_MAIN where ticket_string = ?""", Tickets::map, name);
    }

    public static void add(
            CatalogConnection connection,
            String name,
            boolean writes,
            long user,
            long object,
            boolean collection,
            String now)
            throws SQLException {
        connection.update(
                """
                insert into R_TICKET_MAIN (ticket_id, ticket_string, ticket_type, user_id, object_id, object_type, create_ts, modify_ts)
                values (?,?,?,?,?,?,?,?)""",
                Ids.next(connection),
                name,
                writes ? "write" : "read",
                user,
                object,
                collection ? "collection" : "data",
                now,
                now);
    }

    public static void setUses(CatalogConnection connection, long id, int limit) throws SQLException {
        connection.update("update R_TICKET_MAIN set uses_limit = ?, uses_count = 0 where ticket_id = ?", limit, id);
    }

    public static void setExpiry(CatalogConnection connection, long id, String time) throws SQLException {
        connection.update("update R_TICKET_MAIN set ticket_expiry_ts = ? where ticket_id = ?", time, id);
    }

    public static void countUse(CatalogConnection connection, long id) throws SQLException {
        connection.update("update R_TICKET_MAIN set uses_count = uses_count + 1 where ticket_id = ?", id);
    }

    public static void remove(CatalogConnection connection, long id) throws SQLException {
        connection.update("delete from R_TICKET_MAIN where ticket_id = ?", id);
    }

    /** Whether {@code ticket} opens the object or collection {@code id}: itself, or what is in its collection at any depth. */
    public static boolean covers(CatalogConnection connection, Ticket ticket, long id) throws SQLException {
        if (ticket.objectId() == id) {
            return true;
        }
        return ticket.forCollection() && connection.exists("""
                        select 1 from R_COLL_MAIN t, R_COLL_MAIN c where t.coll_id = ?1
                        and (c.coll_id = ?2 or c.coll_id = (select coll_id from R_DATA_MAIN where data_id = ?2))
                        and (c.coll_id = t.coll_id or c.coll_name > t.coll_name || '/' and c.coll_name < t.coll_name || '0')""", ticket.objectId(), id);
    }

    private static Ticket map(ResultSet row) throws SQLException {
        return new Ticket(
                row.getLong(1),
                row.getString(2),
                row.getString(3).equals("write"),
                row.getLong(4),
                row.getLong(5),
                row.getString(6).equals("collection"),
                row.getInt(7),
                row.getInt(8),
                row.getString(9));
    }
}
