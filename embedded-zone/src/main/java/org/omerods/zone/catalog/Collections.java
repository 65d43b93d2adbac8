package org.omerods.zone.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Collections. Stateless; permissions are the caller's business. */
public final class Collections {
    private static final String COLUMNS = """
            select coll_id, parent_coll_name, coll_name, coll_owner_name, coll_owner_zone, coll_inheritance, create_ts, modify_ts
            from R_COLL_MAIN\s""";

    private Collections() {}

    public static Optional<CollectionRow> find(CatalogConnection connection, String path) throws SQLException {
        return connection.first(COLUMNS + "where coll_name = ?", Collections::map, path);
    }

    /** The collections directly in {@code path}, by name. */
    public static List<CollectionRow> children(CatalogConnection connection, String path) throws SQLException {
        return connection.list(
                COLUMNS + "where parent_coll_name = ? and coll_name <> '/' order by coll_name", Collections::map, path);
    }

    /** {@code path} and all collections below it, parents first. */
    public static List<CollectionRow> tree(CatalogConnection connection, String path) throws SQLException {
        return connection.list(
                COLUMNS
                        + "where coll_name = ?1 or (coll_name > ?1 || '/' and coll_name < ?1 || '0') order by coll_name",
                Collections::map,
                path);
    }

    /** Adds a collection with its owner's permission, and that of an inheriting parent. */
    public static CollectionRow add(
            CatalogConnection connection, CollectionRow parent, String path, User owner, String now)
            throws SQLException {
        long id = Ids.next(connection);
        String inheritance = parent.inherits() ? "1" : "";
        connection.update("""
                insert into R_COLL_MAIN (coll_id, parent_coll_name, coll_name, coll_owner_name, coll_owner_zone,
                  coll_inheritance, create_ts, modify_ts) values (?,?,?,?,?,?,?,?)""", id, parent.path(), path, owner.name(), owner.zone(), inheritance, now, now);
        Access.set(connection, id, owner.id(), Permission.OWN, now);
        if (parent.inherits()) {
            Access.inherit(connection, id, parent.id(), now);
        }
        touch(connection, parent.id(), now);
        return new CollectionRow(id, parent.path(), path, owner.name(), owner.zone(), inheritance, now, now);
    }

    public static void touch(CatalogConnection connection, long id, String now) throws SQLException {
        connection.update("update R_COLL_MAIN set modify_ts = ? where coll_id = ?", now, id);
    }

    /** Removes an empty collection with its permissions and AVUs. */
    public static void remove(CatalogConnection connection, CollectionRow collection) throws SQLException {
        connection.update("delete from R_COLL_MAIN where coll_id = ?", collection.id());
        Access.clear(connection, collection.id());
        Avus.clear(connection, collection.id());
    }

    /** Whether anything is in {@code collection}. */
    public static boolean hasChildren(CatalogConnection connection, CollectionRow collection) throws SQLException {
        return connection.exists(
                        "select 1 from R_COLL_MAIN where parent_coll_name = ? and coll_name <> '/'", collection.path())
                || connection.exists("select 1 from R_DATA_MAIN where coll_id = ?", collection.id());
    }

    /** Gives {@code from} and everything below it the path {@code to}. */
    public static void move(CatalogConnection connection, String from, String to, String now) throws SQLException {
        for (CollectionRow row : tree(connection, from)) {
            String path = to + row.path().substring(from.length());
            connection.update(
                    "update R_COLL_MAIN set coll_name = ?, parent_coll_name = ? where coll_id = ?",
                    path,
                    LogicalPath.parent(path),
                    row.id());
        }
        connection.update(
                "update R_COLL_MAIN set modify_ts = ? where coll_name in (?, ?, ?)",
                now,
                LogicalPath.parent(from),
                LogicalPath.parent(to),
                to);
    }

    private static CollectionRow map(ResultSet row) throws SQLException {
        return new CollectionRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }
}
