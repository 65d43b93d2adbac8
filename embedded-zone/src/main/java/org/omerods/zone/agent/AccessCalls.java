package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.Access;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;

/** Changes of permissions. */
final class AccessCalls {
    private static final String AS_ADMINISTRATOR = "admin:";

    private AccessCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(707, "MOD_ACCESS_CONTROL", AccessCalls::modify),
                Call.of(20_005, "ATOMIC_APPLY_ACL_OPERATIONS", AccessCalls::applyAtomically));
    }

    private static Reply modify(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("modAccessControlInp_PI");
        boolean recursive = in.integer("recursiveFlag") != 0;
        String level = in.text("accessLevel");
        String userName = in.text("userName");
        String zone = in.optionalText("zone");
        String path = LogicalPath.trimmed(in.text("path"));
        in.close("modAccessControlInp_PI");
        boolean asAdministrator = level.startsWith(AS_ADMINISTRATOR);
        if (asAdministrator && !session.user().isAdministrator()) {
            throw ApiException.told(Status.NO_ACCESS, "only an administrator may use admin mode");
        }
        String wanted = asAdministrator ? level.substring(AS_ADMINISTRATOR.length()) : level;
        session.zone().catalog().write(connection -> {
            if (wanted.equals("inherit") || wanted.equals("noinherit")) {
                setInheritance(session, connection, path, wanted.equals("inherit"), recursive, asAdministrator);
            } else {
                setAccess(session, connection, path, wanted, userName, zone, recursive, asAdministrator);
            }
            return path;
        });
        return Reply.DONE;
    }

    private static void setInheritance(
            Session session,
            CatalogConnection connection,
            String path,
            boolean inherits,
            boolean recursive,
            boolean admin)
            throws SQLException, ApiException {
        Optional<CollectionRow> row = Collections.find(connection, path);
        if (row.isEmpty() || !(admin || session.may(connection, row.get().id(), Permission.OWN))) {
            throw ApiException.told(Status.NO_ACCESS, "no such collection, or no permission to change it");
        }
        for (CollectionRow each : recursive ? Collections.tree(connection, path) : List.of(row.get())) {
            connection.update(
                    "update R_COLL_MAIN set coll_inheritance = ? where coll_id = ?", inherits ? "1" : "0", each.id());
        }
    }

    private static void setAccess(
            Session session,
            CatalogConnection connection,
            String path,
            String level,
            String userName,
            String zone,
            boolean recursive,
            boolean admin)
            throws SQLException, ApiException {
        Permission permission = Permission.named(level)
                .orElseThrow(() -> ApiException.told(Status.INVALID_ARGUMENT, "unknown access level " + level));
        Optional<ReplicaRow> object = Objects.find(connection, path);
        Optional<CollectionRow> collection = Collections.find(connection, path);
        if (object.isEmpty() && collection.isEmpty()) {
            throw ApiException.told(Status.INVALID_ARGUMENT, "nothing at " + path);
        }
        long id = object.isPresent()
                ? object.get().id()
                : collection.orElseThrow().id();
        if (userName.isEmpty()) {
            throw new ApiException(Status.SQL, "no user");
        }
        User user = Users.find(
                        connection, userName, zone.isEmpty() ? session.zone().zone() : zone)
                .orElseThrow(() -> new ApiException(Status.INVALID_USER, "unknown user " + userName));
        if (!admin && !session.may(connection, id, Permission.OWN)) {
            throw new ApiException(Status.NO_ACCESS, "not the owner of " + path);
        }
        String now = session.zone().now();
        Access.set(connection, id, user.id(), permission, now);
        if (recursive && collection.isPresent()) {
            for (CollectionRow each : Collections.tree(connection, path)) {
                Access.set(connection, each.id(), user.id(), permission, now);
                for (ReplicaRow child : Objects.children(connection, each.id())) {
                    Access.set(connection, child.id(), user.id(), permission, now);
                }
            }
        }
    }

    private static Reply applyAtomically(Session session, Request request) throws ApiException, SQLException {
        ObjectNode input = Json.object(Bodies.readBinaryBuffer(request.body()), Status.NOT_WELL_FORMED);
        String path = Json.text(input, "logical_path");
        boolean admin = Json.flag(input, "admin_mode", false) && session.user().isAdministrator();
        JsonNode operations = input.path("operations");
        session.zone().catalog().write(connection -> {
            Optional<ReplicaRow> object = Objects.find(connection, path);
            Optional<CollectionRow> collection = Collections.find(connection, path);
            if (object.isEmpty() && collection.isEmpty()) {
                throw AtomicAvus.failure(
                        Status.OBJECT_PATH_DOES_NOT_EXIST, "nothing at " + path, NullNode.getInstance(), 0);
            }
            long id = object.isPresent()
                    ? object.get().id()
                    : collection.orElseThrow().id();
            if (!admin && !session.may(connection, id, Permission.OWN)) {
                throw AtomicAvus.failure(Status.NO_ACCESS, "not the owner of " + path, NullNode.getInstance(), 0);
            }
            for (int i = 0; i < operations.size(); i++) {
                applyOne(session, connection, id, operations.get(i), i);
            }
            return id;
        });
        return Reply.of(0, Bodies.json("{}"));
    }

    private static void applyOne(Session session, CatalogConnection connection, long id, JsonNode operation, int index)
            throws SQLException, ApiException {
        Optional<Permission> permission = Permission.named(Json.text(operation, "acl"));
        Optional<User> user = Users.find(
                connection, Json.text(operation, "entity_name"), session.zone().zone());
        if (permission.isEmpty() || user.isEmpty()) {
            throw AtomicAvus.failure(Status.INVALID_INPUT, "unknown user or level", operation, index);
        }
        Access.set(
                connection,
                id,
                user.get().id(),
                permission.get(),
                session.zone().now());
    }
}
