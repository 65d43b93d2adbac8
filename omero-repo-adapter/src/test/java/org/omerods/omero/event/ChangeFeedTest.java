package org.omerods.omero.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;

/** What a reader of the event log is told: every commit at least once, whatever the order of numbers. */
class ChangeFeedTest {
    private SyntheticServer server;
    private OmeroDatabase database;
    private ChangeFeed feed;
    private Cursor cursor;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        database = server.database().openAsReader();
        feed = new ChangeFeed(database);
        cursor = feed.now();
    }

    @AfterEach
    void end() throws SQLException {
        database.close();
        server.close();
    }

    private ChangeFeed.Changes next() throws SQLException {
        ChangeFeed.Changes changes = feed.read(cursor);
        cursor = changes.next();
        return changes;
    }

    @Test
    void whatIsMadeChangedAndRemovedIsToldOnce() throws Exception {
        Imported imported = server.imports("irods/tempZone/a.ndpi");
        ChangeFeed.Changes made = next();
        assertThat(made.changed().get(EntityKind.FILESET)).containsExactly(imported.fileset());
        assertThat(made.changed().get(EntityKind.IMAGE)).containsExactly(imported.image());
        assertThat(made.removed()).isEmpty();
        assertThat(next().isEmpty()).isTrue();
        server.deletes(imported);
        ChangeFeed.Changes gone = next();
        assertThat(gone.changed()).isEmpty();
        assertThat(gone.removed().get(EntityKind.FILESET)).containsExactly(imported.fileset());
        assertThat(next().isEmpty()).isTrue();
    }

    @Test
    void aCursorThatWasNotMovedTellsTheSameAgain() throws Exception {
        Imported imported = server.imports("irods/tempZone/a.ndpi");
        assertThat(feed.read(cursor).changed()).isEqualTo(feed.read(cursor).changed());
        assertThat(feed.read(cursor).changed().get(EntityKind.IMAGE)).containsExactly(imported.image());
    }

    @Test
    void aTransactionThatEndsAfterLaterOnesIsToldAndTheyWaitForIt() throws Exception {
        Imported imported;
        try (Connection slow = server.database().connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            logs(statement, 90, 7001);
            imported = server.imports("irods/tempZone/a.ndpi");
            assertThat(next().isEmpty()).isTrue();
            slow.commit();
        }
        assertThat(next().changed().get(EntityKind.IMAGE)).containsExactlyInAnyOrder(7001L, imported.image());
        server.container("dataset", "D");
        assertThat(next().changed()).doesNotContainKey(EntityKind.IMAGE);
    }

    @Test
    void aTransactionThatIsTakenBackIsNotTold() throws Exception {
        try (Connection other = server.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            logs(statement, 90, 7001);
            other.rollback();
        }
        server.container("dataset", "D");
        assertThat(next().changed()).containsOnlyKeys(EntityKind.DATASET);
    }

    @Test
    void newValuesOfAMapAreToldThoughTheEventLogIsSilent() throws Exception {
        long map = server.mapAnnotation("ns", "stain", "HE");
        next();
        server.setsValues(map, "stain", "PAS");
        assertThat(next().changed()).isEqualTo(Map.of(EntityKind.ANNOTATION, Set.of(map)));
    }

    @Test
    void classesThatDoNotMatterAreNotTold() throws Exception {
        server.executes("insert into eventlog (id, action, entitytype, entityid, event) values"
                + " (91, 'INSERT', 'ome.model.meta.Session', 1, 1), (92, 'NOTHING', 'ome.model.core.Image', 2, 1)");
        assertThat(next().isEmpty()).isTrue();
    }

    @Test
    void aDatabaseThatWasPutBackToAnEarlierStateIsNoticed() throws Exception {
        Cursor ahead = new Cursor(cursor.transaction() + 1000, cursor.eventLog(), cursor.event());
        assertThat(feed.read(ahead).reset()).isTrue();
        Cursor longer = new Cursor(cursor.transaction() - 1, cursor.eventLog() + 1000, cursor.event());
        assertThat(feed.read(longer).reset()).isTrue();
        assertThat(feed.read(cursor).reset()).isFalse();
    }

    private static void logs(Statement statement, long id, long image) throws SQLException {
        statement.execute("insert into eventlog (id, action, entitytype, entityid, event) values (" + id
                + ", 'UPDATE', 'ome.model.core.Image', " + image + ", 1)");
    }
}
