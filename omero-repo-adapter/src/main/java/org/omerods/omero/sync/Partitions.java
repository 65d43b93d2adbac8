package org.omerods.omero.sync;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.omerods.omero.database.OmeroDatabase;

/**
 * Which part of the filesets this companion looks after, when several run for one server. The filesets are divided by
 * their number; whoever holds the advisory lock of a part in the database does its work. PostgreSQL frees the locks of a
 * companion that dies with its connection, and the others take over. Each also holds a lock as a member, so that all know
 * how many they are and take no more than their share. One thread.
 */
final class Partitions implements AutoCloseable {
    /** As many companions can share the work. */
    static final int COUNT = 8;

    private static final int FIRST_MEMBER = 1_000;
    private static final int MAX_MEMBERS = 64;

    private final OmeroDatabase database;
    private final int lockClass;
    private final NavigableSet<Integer> held = new TreeSet<>();
    private @Nullable Connection connection;

    /** @param work names what is shared: companions with other prefixes or zones do other work */
    Partitions(OmeroDatabase database, String work) {
        this.database = database;
        CRC32 crc = new CRC32();
        crc.update(("omerods " + work).getBytes(StandardCharsets.UTF_8));
        this.lockClass = (int) crc.getValue();
    }

    static int of(long fileset) {
        return (int) Math.floorMod(fileset, (long) COUNT);
    }

    /** The parts that are held now, after taking and giving up what is due. Nothing is held when the database is away. */
    Set<Integer> refresh() throws SQLException {
        try {
            Connection locks = connected();
            int members = members(locks);
            int share = (COUNT + members - 1) / members;
            while (held.size() > share) {
                int given = held.last();
                call(locks, "select pg_advisory_unlock(?, ?)", given);
                held.remove(given);
            }
            for (int partition = 0; partition < COUNT && held.size() < share; partition++) {
                if (!held.contains(partition) && call(locks, "select pg_try_advisory_lock(?, ?)", partition)) {
                    held.add(partition);
                }
            }
            return Set.copyOf(held);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        Connection present = connection;
        if (present != null && !present.isClosed()) {
            return present;
        }
        held.clear();
        Connection fresh = database.connectForLocks();
        connection = fresh;
        for (int i = 0; i < MAX_MEMBERS; i++) {
            if (call(fresh, "select pg_try_advisory_lock(?, ?)", FIRST_MEMBER + i)) {
                return fresh;
            }
        }
        throw new SQLException("more than " + MAX_MEMBERS + " companions run for this server");
    }

    private int members(Connection locks) throws SQLException {
        try (PreparedStatement statement =
                locks.prepareStatement("select count(*) from pg_locks where locktype = 'advisory' and granted"
                        + " and database = (select oid from pg_database where datname = current_database())"
                        + " and classid = ?::bigint::oid and objid >= " + FIRST_MEMBER)) {
            statement.setLong(1, Integer.toUnsignedLong(lockClass));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Math.max(1, rows.getInt(1));
            }
        }
    }

    private boolean call(Connection locks, String sql, int number) throws SQLException {
        try (PreparedStatement statement = locks.prepareStatement(sql)) {
            statement.setInt(1, lockClass);
            statement.setInt(2, number);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Gives everything up; {@link #refresh} begins anew. */
    @Override
    public void close() {
        held.clear();
        Connection present = connection;
        connection = null;
        if (present != null) {
            try {
                present.close();
            } catch (SQLException e) {
                // it is broken already: the server frees its locks
            }
        }
    }
}
