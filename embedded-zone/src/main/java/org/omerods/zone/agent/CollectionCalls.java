package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.CollectionInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Making collections. */
final class CollectionCalls {
    private CollectionCalls() {}

    static List<Call> calls() {
        return List.of(Call.of(681, "COLL_CREATE", CollectionCalls::create));
    }

    private static Reply create(Session session, Request request) throws ApiException, SQLException {
        CollectionInput input = CollectionInput.read(request.body());
        String path = LogicalPath.trimmed(input.path());
        checkPath(session, path);
        boolean parents = input.keys().has("recursiveOpr");
        session.zone().catalog().write(connection -> {
            make(session, connection, path, parents);
            return path;
        });
        return Reply.DONE;
    }

    private static void checkPath(Session session, String path) throws ApiException {
        if (!path.startsWith("/")
                || !LogicalPath.isWithin(path, "/" + session.zone().zone())) {
            throw ApiException.told(Status.INVALID_INPUT, "not a path of this zone", Status.INVALID_INPUT);
        }
        String name = LogicalPath.name(path);
        if (name.equals(".") || name.equals("..")) {
            throw new ApiException(Status.INPUT_PATH, "not a name: " + name);
        }
        if ((path + "/").contains("/../") || (path + "/").contains("/./") || path.contains("//")) {
            throw ApiException.told(Status.UNKNOWN_COLLECTION, "not a path: " + path);
        }
    }

    /** Makes the collection {@code path}, and with {@code parents} those above it. */
    static CollectionRow make(Session session, CatalogConnection connection, String path, boolean parents)
            throws SQLException, ApiException {
        Optional<CollectionRow> present = Collections.find(connection, path);
        if (present.isPresent()) {
            if (parents) {
                return present.get();
            }
            throw new ApiException(Status.ALREADY_EXISTS, path + " exists");
        }
        String parentPath = LogicalPath.parent(path);
        Optional<CollectionRow> parent = Collections.find(connection, parentPath);
        if (parent.isEmpty()) {
            if (!parents || parentPath.equals("/")) {
                throw ApiException.told(Status.UNKNOWN_COLLECTION, "no collection " + parentPath);
            }
            parent = Optional.of(make(session, connection, parentPath, true));
        }
        if (Objects.find(connection, path).isPresent()) {
            throw new ApiException(Status.NAME_IS_OBJECT, "an object " + path + " exists");
        }
        CollectionRow above = parent.orElseThrow();
        if (!session.may(connection, above.id(), Permission.WRITE)) {
            throw new ApiException(Status.NO_ACCESS, "no permission to create in " + parentPath);
        }
        return Collections.add(
                connection, above, path, session.user(), session.zone().now());
    }
}
