package org.omerods.omero.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.omerods.omero.database.OmeroDatabase;

/**
 * Reads what changed since a cursor, in the order of commits, at least once. Keeps nothing but its pace.
 *
 * <p>A row is new if its transaction lies between the cursor's and the oldest one still running. That is exact: whoever was
 * running at the cursor's time has a number not below it, and whoever runs now has one not below the new cursor. It costs
 * a look at the transaction number of each row, so the search begins a little before the largest row number seen. A process
 * of the server that took a block of numbers long ago may write below even that: once an hour the whole table is looked
 * through ({@link #SWEEP}).
 *
 * <p>The event log does not tell everything. New values of a map annotation only move {@code annotation.update_id}, so
 * that column is followed too. It has no index; on a server with very many annotations the look through the table is made
 * less often, so that it takes a twentieth of the time at most.
 */
public final class ChangeFeed {
    /** Processes of the server take 50 numbers at a time; this many are in use at most, generously. */
    private static final long SLACK = 10_000;

    private static final Duration SWEEP = Duration.ofHours(1);
    private static final int ANNOTATION_PAUSE_FACTOR = 20;
    private static final int FETCH_ROWS = 10_000;

    private static final String NOW = """
            select txid_snapshot_xmin(txid_current_snapshot()),
              (select coalesce(max(id), 0) from eventlog), (select coalesce(max(id), 0) from event)""";

    /** Numbers in rows have 32 bits and go round; within a window of less than 2^31 the distance is right. */
    private static final String IN_WINDOW =
            " ((%s.xmin::text::bigint - (? & 4294967295) + 4294967296) & 4294967295) < ?";

    private static final String LOG =
            "select distinct l.action, l.entitytype, l.entityid from eventlog l where l.id > ? and"
                    + IN_WINDOW.formatted("l")
                    + " and l.action in ('INSERT', 'UPDATE', 'DELETE', 'REINDEX')";

    private static final String ANNOTATIONS =
            "select a.id from annotation a where a.update_id > ? and" + IN_WINDOW.formatted("a");

    private static final long LARGEST_WINDOW = 1L << 31;

    private final OmeroDatabase database;
    private long sweptTransaction = -1;
    private long sweptNanos;
    private long annotationsFrom = -1;
    private long annotationsNotBefore = System.nanoTime();

    public ChangeFeed(OmeroDatabase database) {
        this.database = database;
    }

    /**
     * What changed.
     *
     * @param changed numbers of things that are there, or were, by kind
     * @param removed numbers of things that are gone
     * @param next cursor for the next time
     * @param deferred whether annotations were left for later: a program that ends before would miss them, so the cursor
     *     must not be written down yet
     * @param reset whether the cursor belongs to another state of the database, one that was restored since: then
     *     nothing is known and everything has to be compared
     */
    public record Changes(
            Map<EntityKind, Set<Long>> changed,
            Map<EntityKind, Set<Long>> removed,
            Cursor next,
            boolean deferred,
            boolean reset) {
        public boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty() && !reset;
        }
    }

    /** The cursor of now: what has committed until now will not be told again. */
    public Cursor now() throws SQLException {
        return database.read(ChangeFeed::now);
    }

    public Changes read(Cursor since) throws SQLException {
        return database.read(connection -> read(connection, since));
    }

    private static Cursor now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOW);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Cursor(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private Changes read(Connection connection, Cursor since) throws SQLException {
        Cursor now = now(connection);
        Changes changes = new Changes(
                new EnumMap<>(EntityKind.class), new EnumMap<>(EntityKind.class), now, annotationsFrom >= 0, false);
        long window = now.transaction() - since.transaction();
        if (window == 0 && annotationsFrom < 0) {
            return changes;
        }
        if (window < 0 || window >= LARGEST_WINDOW || now.eventLog() < since.eventLog()) {
            return new Changes(changes.changed(), changes.removed(), now, false, true);
        }
        boolean sweeps = sweptTransaction < 0 || System.nanoTime() - sweptNanos > SWEEP.toNanos();
        if (sweptTransaction < 0) {
            sweeps = false;
            sweptTransaction = since.transaction();
            sweptNanos = System.nanoTime();
        }
        long from = sweeps ? Math.min(since.transaction(), sweptTransaction) : since.transaction();
        readLog(connection, changes, sweeps ? 0 : since.eventLog() - SLACK, from, now.transaction());
        if (sweeps) {
            sweptTransaction = now.transaction();
            sweptNanos = System.nanoTime();
        }
        boolean deferred = !readAnnotations(connection, changes, since, now);
        return new Changes(changes.changed(), changes.removed(), now, deferred, false);
    }

    private static void readLog(Connection connection, Changes changes, long aboveId, long from, long to)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOG)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setLong(1, aboveId);
            statement.setLong(2, from);
            statement.setLong(3, to - from);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean removed = rows.getString(1).equals("DELETE");
                    long id = rows.getLong(3);
                    EntityKind.of(rows.getString(2))
                            .ifPresent(kind -> (removed ? changes.removed() : changes.changed())
                                    .computeIfAbsent(kind, k -> new HashSet<>())
                                    .add(id));
                }
            }
        }
    }

    /** Whether it was done, not left for later. */
    private boolean readAnnotations(Connection connection, Changes changes, Cursor since, Cursor now)
            throws SQLException {
        long from = annotationsFrom < 0 ? since.transaction() : Math.min(annotationsFrom, since.transaction());
        if (System.nanoTime() - annotationsNotBefore < 0) {
            annotationsFrom = from;
            return false;
        }
        long begun = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(ANNOTATIONS)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setLong(1, annotationsFrom < 0 ? since.event() - SLACK : 0);
            statement.setLong(2, from);
            statement.setLong(3, now.transaction() - from);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.changed()
                            .computeIfAbsent(EntityKind.ANNOTATION, k -> new HashSet<>())
                            .add(rows.getLong(1));
                }
            }
        }
        annotationsFrom = -1;
        long taken = System.nanoTime() - begun;
        boolean costly = taken > TimeUnit.MILLISECONDS.toNanos(50);
        annotationsNotBefore = costly ? System.nanoTime() + taken * ANNOTATION_PAUSE_FACTOR : System.nanoTime();
        return true;
    }
}
