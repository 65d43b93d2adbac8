package org.omerods.zone.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Users, groups and passwords. Stateless: each method works on the connection that it is given. */
public final class Users {
    /** The group of everybody. */
    public static final String PUBLIC = "public";

    /** The user who needs no password. */
    public static final String ANONYMOUS = "anonymous";

    private static final String COLUMNS = "select user_id, user_name, zone_name, user_type_name from R_USER_MAIN ";

    private Users() {}

    /** The kind of a password: how long it lives. */
    public enum PasswordKind {
        /** The user's own. */
        PERMANENT,
        /** Until its time is over. */
        LIMITED,
        /** For one login. */
        TEMPORARY
    }

    /** A password of a user. The text is a secret. */
    public record Password(String text, PasswordKind kind, long expires) {
        @Override
        public String toString() {
            return "Password[" + kind + "]";
        }
    }

    public static Optional<User> find(CatalogConnection connection, String name, String zone) throws SQLException {
        return connection.first(COLUMNS + "where user_name = ? and zone_name = ?", Users::map, name, zone);
    }

    public static Optional<User> byId(CatalogConnection connection, long id) throws SQLException {
        return connection.first(COLUMNS + "where user_id = ?", Users::map, id);
    }

    /** Whether {@code user} is a member of the group {@code groupId}; everybody is one of himself. */
    public static boolean isMember(CatalogConnection connection, long user, long groupId) throws SQLException {
        return connection.exists("select 1 from R_USER_GROUP where user_id = ? and group_user_id = ?", user, groupId);
    }

    /** Adds a user or group, as member of himself and, for users, of everybody. */
    public static User add(CatalogConnection connection, String name, String zone, String type, String now)
            throws SQLException {
        long id = Ids.next(connection);
        connection.update(
                "insert into R_USER_MAIN (user_id, user_name, user_type_name, zone_name, create_ts, modify_ts) values (?,?,?,?,?,?)",
                id,
                name,
                type,
                zone,
                now,
                now);
        join(connection, id, id, now);
        Optional<User> everybody = find(connection, PUBLIC, zone);
        if (!type.equals(User.GROUP) && everybody.isPresent()) {
            join(connection, everybody.get().id(), id, now);
        }
        return new User(id, name, zone, type);
    }

    public static void join(CatalogConnection connection, long group, long user, String now) throws SQLException {
        connection.update("insert or ignore into R_USER_GROUP values (?,?,?,?)", group, user, now, now);
    }

    public static void setType(CatalogConnection connection, long user, String type, String now) throws SQLException {
        connection.update(
                "update R_USER_MAIN set user_type_name = ?, modify_ts = ? where user_id = ?", type, now, user);
    }

    /** Replaces the user's own password. */
    public static void setPassword(CatalogConnection connection, long user, String password) throws SQLException {
        connection.update(
                "delete from R_USER_PASSWORD where user_id = ? and kind = ?", user, PasswordKind.PERMANENT.name());
        addPassword(connection, user, new Password(password, PasswordKind.PERMANENT, Long.MAX_VALUE));
    }

    public static void addPassword(CatalogConnection connection, long user, Password password) throws SQLException {
        connection.update(
                "insert or replace into R_USER_PASSWORD (user_id, password, kind, expires) values (?,?,?,?)",
                user,
                password.text(),
                password.kind().name(),
                password.expires());
    }

    /** The passwords of {@code user} that are still good at {@code now}, in seconds since 1970. */
    public static List<Password> passwords(CatalogConnection connection, long user, long now) throws SQLException {
        return connection.list(
                "select password, kind, expires from R_USER_PASSWORD where user_id = ? and expires > ?",
                row -> new Password(row.getString(1), PasswordKind.valueOf(row.getString(2)), row.getLong(3)),
                user,
                now);
    }

    public static void dropPassword(CatalogConnection connection, long user, String password) throws SQLException {
        connection.update("delete from R_USER_PASSWORD where user_id = ? and password = ?", user, password);
    }

    /** Forgets all passwords, also derived ones. */
    public static void dropPasswords(CatalogConnection connection) throws SQLException {
        connection.update("delete from R_USER_PASSWORD");
    }

    private static User map(ResultSet row) throws SQLException {
        return new User(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
    }
}
