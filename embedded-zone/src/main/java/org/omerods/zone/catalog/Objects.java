package org.omerods.zone.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Data objects, of which each has one replica here. Stateless; permissions are the caller's business. */
public final class Objects {
    private static final String COLUMNS = """
            select data_id, coll_id, data_name, data_repl_num, data_type_name, data_size, data_path, data_owner_name,
              data_owner_zone, data_is_dirty, data_checksum, data_mode, r_comment, create_ts, modify_ts, resc_id
            from R_DATA_MAIN\s""";

    private Objects() {}

    /** The first replica of the object at {@code path}. */
    public static Optional<ReplicaRow> find(CatalogConnection connection, String path) throws SQLException {
        return connection.first(
                COLUMNS
                        + "where coll_id = (select coll_id from R_COLL_MAIN where coll_name = ?) and data_name = ? order by data_repl_num",
                Objects::map,
                LogicalPath.parent(path),
                LogicalPath.name(path));
    }

    public static Optional<ReplicaRow> byId(CatalogConnection connection, long id) throws SQLException {
        return connection.first(COLUMNS + "where data_id = ? order by data_repl_num", Objects::map, id);
    }

    /** The objects directly in a collection, by name. */
    public static List<ReplicaRow> children(CatalogConnection connection, long collection) throws SQLException {
        return connection.list(
                COLUMNS + "where coll_id = ? order by data_name, data_repl_num", Objects::map, collection);
    }

    /** The path of the object {@code id}. */
    public static Optional<String> pathOf(CatalogConnection connection, long id) throws SQLException {
        return connection.first("""
                select c.coll_name, d.data_name from R_DATA_MAIN d join R_COLL_MAIN c on c.coll_id = d.coll_id
                where d.data_id = ?""", row -> LogicalPath.join(row.getString(1), row.getString(2)), id);
    }

    /** Adds a row as it is, without permissions. */
    public static void insert(CatalogConnection connection, ReplicaRow row) throws SQLException {
        connection.update(
                """
                insert into R_DATA_MAIN (data_id, coll_id, data_name, data_repl_num, data_type_name, data_size, data_path,
                  data_owner_name, data_owner_zone, data_is_dirty, data_checksum, data_mode, r_comment, create_ts, modify_ts,
                  resc_id, access_ts) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                row.id(),
                row.collectionId(),
                row.name(),
                row.number(),
                row.type(),
                row.size(),
                row.physicalPath(),
                row.owner(),
                row.ownerZone(),
                row.state(),
                row.checksum(),
                row.mode(),
                row.comment(),
                row.created(),
                row.modified(),
                row.resourceId(),
                row.created());
    }

    /** Adds an object of {@code owner} to {@code collection}, with his permission and that of an inheriting collection. */
    public static void add(
            CatalogConnection connection, CollectionRow collection, ReplicaRow row, User owner, String now)
            throws SQLException {
        insert(connection, row);
        Access.set(connection, row.id(), owner.id(), Permission.OWN, now);
        if (collection.inherits()) {
            Access.inherit(connection, row.id(), collection.id(), now);
        }
        Collections.touch(connection, collection.id(), now);
    }

    /** Removes an object with its permissions and AVUs. */
    public static void remove(CatalogConnection connection, long id) throws SQLException {
        connection.update("delete from R_DATA_MAIN where data_id = ?", id);
        Access.clear(connection, id);
        Avus.clear(connection, id);
    }

    public static void setState(CatalogConnection connection, long id, int state) throws SQLException {
        connection.update("update R_DATA_MAIN set data_is_dirty = ? where data_id = ?", state, id);
    }

    public static void setMode(CatalogConnection connection, long id, int mode) throws SQLException {
        connection.update("update R_DATA_MAIN set data_mode = ? where data_id = ?", Integer.toString(mode), id);
    }

    public static void setChecksum(CatalogConnection connection, long id, String checksum) throws SQLException {
        connection.update("update R_DATA_MAIN set data_checksum = ? where data_id = ?", checksum, id);
    }

    public static void setModified(CatalogConnection connection, long id, String time) throws SQLException {
        connection.update("update R_DATA_MAIN set modify_ts = ? where data_id = ?", time, id);
    }

    /** Sets what a finished write changes. */
    public static void setContent(
            CatalogConnection connection, long id, long size, int state, String checksum, String modified)
            throws SQLException {
        connection.update(
                "update R_DATA_MAIN set data_size = ?, data_is_dirty = ?, data_checksum = ?, modify_ts = ? where data_id = ?",
                size,
                state,
                checksum,
                modified,
                id);
    }

    /** Moves an object to another collection or name. */
    public static void move(CatalogConnection connection, long id, long collection, String name) throws SQLException {
        connection.update("update R_DATA_MAIN set coll_id = ?, data_name = ? where data_id = ?", collection, name, id);
    }

    private static ReplicaRow map(ResultSet row) throws SQLException {
        return new ReplicaRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getLong(16));
    }
}
