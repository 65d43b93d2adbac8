package org.omerods.zone.agent;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;

/** Moves things to the trash of the acting user, inside the transaction of their removal. */
final class Trash {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Session session;
    private final CatalogConnection connection;

    Trash(Session session, CatalogConnection connection) {
        this.session = session;
        this.connection = connection;
    }

    void object(ReplicaRow row, String path) throws SQLException, ApiException {
        CollectionRow target = place(LogicalPath.parent(path));
        String name = free(target.path(), LogicalPath.name(path));
        String now = session.zone().now();
        Collections.touch(connection, row.collectionId(), now);
        Objects.move(connection, row.id(), target.id(), name);
        Objects.setModified(connection, row.id(), now);
    }

    void collection(CollectionRow row) throws SQLException, ApiException {
        CollectionRow target = place(row.parent());
        String name = free(target.path(), LogicalPath.name(row.path()));
        Collections.move(
                connection,
                row.path(),
                LogicalPath.join(target.path(), name),
                session.zone().now());
    }

    /** The trash collection for what was in {@code collection}. */
    private CollectionRow place(String collection) throws SQLException, ApiException {
        String zone = "/" + session.zone().zone();
        String user = session.user().name();
        String trash = zone + "/trash/home/" + user;
        String own = zone + "/home/" + user;
        String path;
        if (LogicalPath.isWithin(collection, own)) {
            path = trash + collection.substring(own.length());
        } else if (LogicalPath.isWithin(collection, zone + "/home")) {
            path = trash + collection.substring((zone + "/home").length());
        } else {
            path = trash + collection.substring(Math.min(zone.length(), collection.length()));
        }
        return make(path);
    }

    /** Makes a trash collection without asking for permissions: the trash is the server's own business. */
    private CollectionRow make(String path) throws SQLException, ApiException {
        Optional<CollectionRow> present = Collections.find(connection, path);
        if (present.isPresent()) {
            return present.get();
        }
        CollectionRow parent = make(LogicalPath.parent(path));
        return Collections.add(
                connection, parent, path, session.user(), session.zone().now());
    }

    /** A name that is free in {@code collection}: a clash gets ten digits. */
    private String free(String collection, String name) throws SQLException {
        String candidate = name;
        while (Objects.find(connection, LogicalPath.join(collection, candidate)).isPresent()
                || Collections.find(connection, LogicalPath.join(collection, candidate))
                        .isPresent()) {
            candidate = name + "." + String.format(Locale.ROOT, "%010d", RANDOM.nextLong(10_000_000_000L));
        }
        return candidate;
    }
}
