package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.Optional;
import org.omerods.zone.catalog.Avus;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** Finds what an AVU goes on, and checks that the user may. */
final class AvuTarget {
    /** Longest attribute and value, in characters, as in the real catalog. */
    static final int MAX_TEXT = 2700;

    /** Longest units, in characters. */
    static final int MAX_UNITS = 250;

    private final Session session;
    private final boolean asAdministrator;
    private final int hidden;

    /** Finds for {@code session}; {@code hidden} is the status for objects that the user may not see. */
    AvuTarget(Session session, boolean asAdministrator, int hidden) {
        this.session = session;
        this.asAdministrator = asAdministrator;
        this.hidden = hidden;
    }

    /** The number of what {@code flag} and {@code name} mean. */
    long find(CatalogConnection connection, String flag, String name, Permission permission)
            throws SQLException, ApiException {
        return switch (flag) {
            case "-d" -> object(connection, name, permission);
            case "-C" -> collection(connection, name, permission);
            case "-u" -> user(connection, name);
            case "-R" -> resource(connection, name);
            default -> throw new ApiException(Status.INVALID_ARGUMENT, "unknown kind " + flag);
        };
    }

    /** A triple that is neither empty nor too long. */
    static Avus.Triple checked(String attribute, String value, String units) throws ApiException {
        if (attribute.isEmpty() || value.isEmpty()) {
            throw new ApiException(Status.INVALID_ARGUMENT, "an AVU needs an attribute and a value");
        }
        if (isTooLong(attribute, value, units)) {
            throw new ApiException(Status.SQL, "an AVU is too long");
        }
        return new Avus.Triple(attribute, value, units);
    }

    static boolean isTooLong(String attribute, String value, String units) {
        return attribute.codePointCount(0, attribute.length()) > MAX_TEXT
                || value.codePointCount(0, value.length()) > MAX_TEXT
                || units.codePointCount(0, units.length()) > MAX_UNITS;
    }

    private long object(CatalogConnection connection, String path, Permission permission)
            throws SQLException, ApiException {
        Optional<ReplicaRow> row = Objects.find(connection, path);
        if (row.isEmpty()) {
            throw new ApiException(Status.UNKNOWN_FILE, "no object " + path);
        }
        if (!asAdministrator && !session.sees(connection, row.get())) {
            throw new ApiException(hidden, "no permission to see " + path);
        }
        return permitted(connection, row.get().id(), permission);
    }

    private long collection(CatalogConnection connection, String path, Permission permission)
            throws SQLException, ApiException {
        CollectionRow row = Collections.find(connection, LogicalPath.trimmed(path))
                .orElseThrow(() -> ApiException.told(Status.UNKNOWN_COLLECTION, "no collection " + path));
        return permitted(connection, row.id(), permission);
    }

    private long permitted(CatalogConnection connection, long id, Permission permission)
            throws SQLException, ApiException {
        if (!asAdministrator && !session.may(connection, id, permission)) {
            throw new ApiException(Status.NO_ACCESS, "no permission to change AVUs");
        }
        return id;
    }

    private long user(CatalogConnection connection, String name) throws SQLException, ApiException {
        requireAdministrator();
        String[] parts = name.split("#", 2);
        String zone = parts.length > 1 ? parts[1] : session.zone().zone();
        return Users.find(connection, parts[0], zone)
                .orElseThrow(() -> new ApiException(Status.INVALID_USER, "unknown user " + name))
                .id();
    }

    private long resource(CatalogConnection connection, String name) throws SQLException, ApiException {
        requireAdministrator();
        return connection
                .first("select resc_id from R_RESC_MAIN where resc_name = ?", row -> row.getLong(1), name)
                .orElseThrow(() -> new ApiException(Status.INVALID_ARGUMENT, "unknown resource " + name));
    }

    private void requireAdministrator() throws ApiException {
        if (!session.user().isAdministrator()) {
            throw new ApiException(Status.INSUFFICIENT_PRIVILEGE, "not an administrator");
        }
    }
}
