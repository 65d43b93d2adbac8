package org.omerods.zone.catalog;

import java.net.InetAddress;
import java.sql.SQLException;
import java.util.Optional;

/** Makes the zone, its resource, groups, tokens, users and home collections where they are missing. Only in a transaction. */
public final class Bootstrap {
    private final CatalogConnection connection;
    private final String zone;
    private final String now;

    public Bootstrap(CatalogConnection connection, String zone, String now) {
        this.connection = connection;
        this.zone = zone;
        this.now = now;
    }

    /** Makes the zone with {@code administrator} as the owner of its top collections; returns the number of the resource. */
    public long zone(String administrator, String resource, String vault) throws SQLException {
        if (!connection.exists("select 1 from R_ZONE_MAIN where zone_name = ?", zone)) {
            connection.update(
                    "insert into R_ZONE_MAIN (zone_id, zone_name, zone_type_name, create_ts, modify_ts) values (?,?,'local',?,?)",
                    Ids.next(connection),
                    zone,
                    now,
                    now);
            Users.add(connection, Users.PUBLIC, zone, User.GROUP, now);
        }
        for (Permission permission : Permission.values()) {
            connection.update(
                    "insert or ignore into R_TOKN_MAIN values ('access_type',?,?)",
                    permission.level(),
                    permission.token());
        }
        User owner = user(administrator, true);
        for (String path : new String[] {"/", "/" + zone, home(""), trash(""), home("/public"), trash("/public")}) {
            collection(path, owner);
        }
        // Clients list resources except this one, which every zone has.
        resource("bundleResc", "/bundle");
        return resource(resource, vault);
    }

    /** Makes a user with home and trash, or changes his type. */
    public User user(String name, boolean administrator) throws SQLException {
        String type = administrator ? User.ADMINISTRATOR : User.PLAIN;
        Optional<User> present = Users.find(connection, name, zone);
        User user;
        if (present.isPresent()) {
            user = new User(present.get().id(), name, zone, type);
            Users.setType(connection, user.id(), type, now);
        } else {
            user = Users.add(connection, name, zone, type, now);
        }
        return user;
    }

    /** Makes the home and trash collections of {@code user}. */
    public void homes(User user) throws SQLException {
        collection(home("/" + user.name()), user);
        collection(trash("/" + user.name()), user);
    }

    private void collection(String path, User owner) throws SQLException {
        if (Collections.find(connection, path).isPresent()) {
            return;
        }
        if (path.equals("/")) {
            long id = Ids.next(connection);
            connection.update("""
                    insert into R_COLL_MAIN (coll_id, parent_coll_name, coll_name, coll_owner_name, coll_owner_zone, create_ts, modify_ts)
                    values (?,'','/',?,?,?,?)""", id, owner.name(), owner.zone(), now, now);
            Access.set(connection, id, owner.id(), Permission.OWN, now);
            return;
        }
        String parentPath = LogicalPath.parent(path);
        Optional<CollectionRow> parent = Collections.find(connection, parentPath);
        if (parent.isEmpty()) {
            collection(parentPath, owner);
            parent = Collections.find(connection, parentPath);
        }
        Collections.add(connection, parent.orElseThrow(), path, owner, now);
    }

    private long resource(String name, String vault) throws SQLException {
        long id = connection.number("select resc_id from R_RESC_MAIN where resc_name = ?", -1, name);
        if (id >= 0) {
            connection.update("update R_RESC_MAIN set resc_def_path = ? where resc_id = ?", vault, id);
            return id;
        }
        long fresh = Ids.next(connection);
        connection.update(
                """
                insert into R_RESC_MAIN (resc_id, resc_name, zone_name, resc_type_name, resc_class_name, resc_net, resc_def_path,
                  create_ts, modify_ts) values (?,?,?,'unixfilesystem','cache',?,?,?,?)""", fresh, name, zone, InetAddress.getLoopbackAddress().getHostAddress(), vault, now, now);
        return fresh;
    }

    private String home(String below) {
        return "/" + zone + "/home" + below;
    }

    private String trash(String below) {
        return "/" + zone + "/trash/home" + below;
    }
}
