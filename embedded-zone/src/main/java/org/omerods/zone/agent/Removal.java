package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** Takes objects and collections away. Files are deleted after the catalog has forgotten them, never before. */
final class Removal {
    private final Session session;
    private final ZoneServices zone;

    Removal(Session session) {
        this.session = session;
        this.zone = session.zone();
    }

    /** Removes an object: with {@code force} for good, else to the trash. */
    void object(String path, boolean force) throws SQLException, ApiException {
        List<String> files = new ArrayList<>();
        zone.catalog().write(connection -> {
            ReplicaRow row = Objects.find(connection, path)
                    .orElseThrow(() -> new ApiException(Status.NO_ROWS, "no object " + path));
            if (!session.sees(connection, row)) {
                throw new ApiException(Status.NO_ROWS, "no object " + path);
            }
            requireRemovable(connection, row, path);
            if (row.state() == ReplicaRow.INTERMEDIATE) {
                throw new ApiException(force ? Status.LOCKED_OBJECT : Status.HIERARCHY, path + " is open for writing");
            }
            if (force) {
                drop(connection, row, files);
            } else {
                new Trash(session, connection).object(row, path);
            }
            return row;
        });
        files.forEach(zone.vault()::delete);
    }

    /** Removes an empty collection. */
    void emptyCollection(String path) throws SQLException, ApiException {
        zone.catalog().write(connection -> {
            CollectionRow row = collection(connection, path, Status.UNKNOWN_COLLECTION);
            if (Collections.hasChildren(connection, row)) {
                throw new ApiException(Status.COLLECTION_NOT_EMPTY, path + " is not empty");
            }
            requireMine(connection, row);
            Collections.remove(connection, row);
            touchParent(connection, row);
            return row;
        });
    }

    /** Removes a collection with all that is in it; returns how many objects went. */
    int tree(String path, boolean force) throws SQLException, ApiException {
        List<String> files = new ArrayList<>();
        int count = zone.catalog().write(connection -> {
            CollectionRow top = collection(connection, path, Status.DOES_NOT_EXIST);
            if (isHome(path) && Collections.hasChildren(connection, top)) {
                throw new ApiException(Status.HOME_NOT_EMPTY, path + " is a home collection and not empty");
            }
            requireMine(connection, top);
            if (!force) {
                requireUnlocked(connection, path);
                new Trash(session, connection).collection(top);
                return 0;
            }
            return dropTree(connection, path, files);
        });
        files.forEach(zone.vault()::delete);
        return count;
    }

    private int dropTree(CatalogConnection connection, String path, List<String> files)
            throws SQLException, ApiException {
        int count = 0;
        List<CollectionRow> rows = Collections.tree(connection, path);
        for (CollectionRow row : rows.reversed()) {
            for (ReplicaRow object : Objects.children(connection, row.id())) {
                if (object.state() == ReplicaRow.INTERMEDIATE
                        || !session.may(connection, object.id(), Permission.DELETE)) {
                    throw new ApiException(
                            Status.COLLECTION_NOT_EMPTY, "an object in " + row.path() + " cannot be removed");
                }
                drop(connection, object, files);
                count++;
            }
            requireMine(connection, row);
            Collections.remove(connection, row);
        }
        touchParent(connection, rows.getFirst());
        return count;
    }

    private void requireUnlocked(CatalogConnection connection, String path) throws SQLException, ApiException {
        for (CollectionRow row : Collections.tree(connection, path)) {
            if (connection.exists("select 1 from R_DATA_MAIN where coll_id = ? and data_is_dirty = 2", row.id())) {
                throw new ApiException(
                        Status.COLLECTION_NOT_EMPTY, "an object in " + row.path() + " is open for writing");
            }
        }
    }

    private CollectionRow collection(CatalogConnection connection, String path, int missing)
            throws SQLException, ApiException {
        if (Objects.find(connection, path).isPresent()) {
            throw new ApiException(
                    missing == Status.DOES_NOT_EXIST ? Status.NAME_IS_OBJECT : missing, path + " is an object");
        }
        CollectionRow row = Collections.find(connection, path)
                .orElseThrow(() -> new ApiException(missing, "no collection " + path));
        if (!session.sees(connection, row.id())) {
            throw new ApiException(missing, "no collection " + path);
        }
        return row;
    }

    private void requireMine(CatalogConnection connection, CollectionRow row) throws SQLException, ApiException {
        if (!session.may(connection, row.id(), Permission.DELETE)) {
            throw new ApiException(Status.NO_ACCESS, "no permission to remove " + row.path());
        }
    }

    private void requireRemovable(CatalogConnection connection, ReplicaRow row, String path)
            throws SQLException, ApiException {
        if (!session.may(connection, row.id(), Permission.DELETE)) {
            throw new ApiException(Status.NO_ACCESS, "no permission to remove " + path);
        }
    }

    private void drop(CatalogConnection connection, ReplicaRow row, List<String> files) throws SQLException {
        Objects.remove(connection, row.id());
        Collections.touch(connection, row.collectionId(), zone.now());
        files.add(row.physicalPath());
    }

    private void touchParent(CatalogConnection connection, CollectionRow row) throws SQLException {
        connection.update("update R_COLL_MAIN set modify_ts = ? where coll_name = ?", zone.now(), row.parent());
    }

    private boolean isHome(String path) {
        return LogicalPath.parent(path).equals("/" + zone.zone() + "/home") || path.equals("/" + zone.zone() + "/home");
    }
}
