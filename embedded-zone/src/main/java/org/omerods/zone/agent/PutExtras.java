package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.Optional;
import org.omerods.zone.catalog.Access;
import org.omerods.zone.catalog.Avus;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** AVUs and permissions that come with a put. */
final class PutExtras {
    private PutExtras() {}

    /** Adds what the key words {@code metadataIncluded} (a;v;u;...) and {@code aclIncluded} (level user;...) say. */
    static void apply(Session session, OpenReplica replica) throws SQLException, ApiException {
        Optional<String> avus = replica.input().keys().get("metadataIncluded");
        Optional<String> permissions = replica.input().keys().get("aclIncluded");
        long id = replica.row().id();
        if (avus.isPresent()) {
            addAvus(session, id, avus.get().split(";", -1));
        }
        if (permissions.isPresent()) {
            for (String entry : permissions.get().split(";", -1)) {
                grant(session, id, entry.strip());
            }
        }
    }

    private static void addAvus(Session session, long id, String[] parts) throws SQLException, ApiException {
        session.zone().catalog().write(connection -> {
            for (int i = 0; i + 1 < parts.length; i += 3) {
                String units = i + 2 < parts.length ? parts[i + 2] : "";
                Avus.add(
                        connection,
                        id,
                        AvuTarget.checked(parts[i], parts[i + 1], units),
                        session.zone().now());
            }
            return id;
        });
    }

    private static void grant(Session session, long id, String entry) throws SQLException, ApiException {
        String[] words = entry.split(" ", 2);
        Permission permission = Permission.named(words[0])
                .orElseThrow(() -> ApiException.told(Status.INVALID_ARGUMENT, "unknown access level " + words[0]));
        session.zone().catalog().write(connection -> {
            User user = Users.find(
                            connection,
                            words.length > 1 ? words[1] : "",
                            session.zone().zone())
                    .orElseThrow(() -> new ApiException(Status.INVALID_USER, "unknown user"));
            Access.set(connection, id, user.id(), permission, session.zone().now());
            return id;
        });
    }
}
