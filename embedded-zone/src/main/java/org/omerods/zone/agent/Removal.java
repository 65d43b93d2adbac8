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

    /** Moves a collection with all that is in it to the trash. */
    void toTrash(String path) throws SQLException, ApiException {
        zone.catalog().write(connection -> {
            CollectionRow top = removableTree(connection, path);
            requireUnlocked(connection, path);
            new Trash(session, connection).collection(top);
            return top;
        });
    }

    /** Refuses where {@code path} is no collection that the user may remove with all that is in it. */
    void requireTree(String path) throws SQLException, ApiException {
        zone.catalog().read(connection -> removableTree(connection, path));
    }

    private CollectionRow removableTree(CatalogConnection connection, String path) throws SQLException, ApiException {
        CollectionRow top = collection(connection, path, Status.DOES_NOT_EXIST);
        if (isHome(path) && Collections.hasChildren(connection, top)) {
            throw new ApiException(Status.HOME_NOT_EMPTY, path + " is a home collection and not empty");
        }
        requireMine(connection, top);
        return top;
    }

    /** What one step removed: how many objects, the path of the last, and whether nothing is left. */
    record Step(int removed, String last, boolean done) {}

    /** Removes up to {@code limit} objects below {@code path}, and the collections when no object is left. */
    Step step(String path, int limit) throws SQLException, ApiException {
        List<String> files = new ArrayList<>();
        Step step = zone.catalog().write(connection -> {
            List<CollectionRow> rows = Collections.tree(connection, path);
            String last = "";
            for (CollectionRow row : rows) {
                for (ReplicaRow object : Objects.children(connection, row.id())) {
                    if (files.size() == limit) {
                        return new Step(limit, last, false);
                    }
                    requireUnlockedAndMine(connection, object, row);
                    drop(connection, object, files);
                    last = LogicalPath.join(row.path(), object.name());
                }
            }
            if (files.size() == limit) {
                return new Step(limit, last, false);
            }
            dropCollections(connection, rows);
            return new Step(files.size(), last, true);
        });
        files.forEach(zone.vault()::delete);
        return step;
    }

    private void requireUnlockedAndMine(CatalogConnection connection, ReplicaRow object, CollectionRow row)
            throws SQLException, ApiException {
        if (object.state() == ReplicaRow.INTERMEDIATE || !session.may(connection, object.id(), Permission.DELETE)) {
            throw new ApiException(Status.COLLECTION_NOT_EMPTY, "an object in " + row.path() + " cannot be removed");
        }
    }

    private void dropCollections(CatalogConnection connection, List<CollectionRow> rows)
            throws SQLException, ApiException {
        for (CollectionRow row : rows.reversed()) {
            requireMine(connection, row);
            Collections.remove(connection, row);
        }
        if (!rows.isEmpty()) {
            touchParent(connection, rows.getFirst());
        }
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
        if (!session.may(connection, row.id(), Permission.DELETE)
                || zone.trees().touches(row.path())) {
            throw new ApiException(Status.NO_ACCESS, "no permission to remove " + row.path());
        }
    }

    private void requireRemovable(CatalogConnection connection, ReplicaRow row, String path)
            throws SQLException, ApiException {
        if (!session.may(connection, row.id(), Permission.DELETE)
                || zone.trees().holds(row.physicalPath())) {
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
