package org.omerods.omero.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;

/** Which filesets have to be compared because of what changed: the one that it touches, never the other. */
class DirtyFilesetsTest {
    private static final Cursor CURSOR = new Cursor(1, 1, 1);

    private final LinkIndex links = new LinkIndex();
    private final DirtyFilesets dirty = new DirtyFilesets(links);
    private SyntheticServer server;
    private Connection connection;
    private Imported ours;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        connection = server.database().connect();
        ours = server.imports("irods/tempZone/ours.ndpi");
        server.imports(
                SyntheticServer.BOB, SyntheticServer.PRIVATE, List.of(server.source("irods/tempZone/other.ndpi")), 1);
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(EntityKind.class)
    void aChangeTouchesTheFilesetThatItBelongsTo(EntityKind kind) throws Exception {
        assertThat(changed(kind, thing(kind))).containsExactly(ours.fileset());
    }

    @ParameterizedTest
    @EnumSource(EntityKind.class)
    void aNumberThatNobodyHasTouchesNothing(EntityKind kind) throws Exception {
        Set<Long> expected = kind == EntityKind.FILESET ? Set.of(999_999L) : Set.of();
        assertThat(changed(kind, 999_999)).isEqualTo(expected);
    }

    @Test
    void anAnnotationOfTheFilesetTouchesIt() throws Exception {
        long tag = server.textAnnotation("/basic/text/tag/", null, "t");
        server.links("filesetannotationlink", ours.fileset(), tag);
        assertThat(changed(EntityKind.ANNOTATION, tag)).containsExactly(ours.fileset());
    }

    @Test
    void theFileOfAnAnnotationTouchesTheImageThatCarriesIt() throws Exception {
        long annotation = server.fileAnnotation("results.csv");
        server.links("imageannotationlink", ours.image(), annotation);
        long file = id("select file from annotation where id = ?", annotation);
        assertThat(changed(EntityKind.ORIGINAL_FILE, file)).containsExactly(ours.fileset());
    }

    @Test
    void aRemovedLinkTouchesWhatItHungOn() throws Exception {
        long dataset = server.container("dataset", "D");
        long link = server.links("datasetimagelink", dataset, ours.image());
        links.load(connection);
        server.unlinks("datasetimagelink", link);
        DirtyFilesets.Dirty found = removed(EntityKind.DATASET_IMAGE_LINK, link);
        assertThat(found.filesets()).containsExactly(ours.fileset());
        assertThat(found.unknownLinks()).isZero();
    }

    @Test
    void aRemovedLinkThatWasSeenAsAChangeTouchesWhatItHungOn() throws Exception {
        long roi = server.roi(ours.image());
        assertThat(changed(EntityKind.ROI, roi)).containsExactly(ours.fileset());
        server.removesRoi(roi);
        assertThat(removed(EntityKind.ROI, roi).filesets()).containsExactly(ours.fileset());
    }

    @Test
    void aRemovedLinkThatWasNeverSeenIsCounted() throws Exception {
        DirtyFilesets.Dirty found = removed(EntityKind.PROJECT_DATASET_LINK, 4711);
        assertThat(found.filesets()).isEmpty();
        assertThat(found.unknownLinks()).isEqualTo(1);
    }

    @Test
    void aLinkThatWasMadeAndRemovedSinceLastTimeOwesNothing() throws Exception {
        DirtyFilesets.Dirty found = dirty.find(
                connection,
                changes(
                        Map.of(EntityKind.DATASET_IMAGE_LINK, Set.of(4711L)),
                        Map.of(EntityKind.DATASET_IMAGE_LINK, Set.of(4711L))));
        assertThat(found).isEqualTo(new DirtyFilesets.Dirty(Set.of(), 0));
    }

    @Test
    void aRemovedFilesetIsToBeComparedAndOtherRemovalsAreToldByItsLinks() throws Exception {
        assertThat(removed(EntityKind.FILESET, 4711).filesets()).containsExactly(4711L);
        assertThat(removed(EntityKind.IMAGE, ours.image())).isEqualTo(new DirtyFilesets.Dirty(Set.of(), 0));
    }

    @Test
    void anImageWithoutFilesetTouchesNothing() throws Exception {
        server.executes("insert into image (id, name, series, owner_id, group_id) values (5000, 'old', 0, 2, 3)");
        assertThat(changed(EntityKind.IMAGE, 5000)).isEmpty();
        long dataset = server.container("dataset", "D");
        server.links("datasetimagelink", dataset, 5000);
        assertThat(changed(EntityKind.DATASET, dataset)).isEmpty();
    }

    /** Number of a thing of this kind that has to do with our fileset alone. */
    private long thing(EntityKind kind) throws SQLException {
        return switch (kind) {
            case FILESET -> ours.fileset();
            case FILESET_ENTRY -> id("select id from filesetentry where fileset = ?", ours.fileset());
            case ORIGINAL_FILE -> ours.files().getFirst();
            case IMAGE -> ours.image();
            case PIXELS -> id("select id from pixels where image = ?", ours.image());
            case ROI -> server.roi(ours.image());
            case DATASET -> dataset();
            case PROJECT -> project(dataset());
            case PLATE -> plate();
            case SCREEN -> {
                long screen = server.container("screen", "S");
                server.links("screenplatelink", screen, plate());
                yield screen;
            }
            case WELL_SAMPLE -> {
                plate();
                yield id("select id from wellsample where image = ?", ours.image());
            }
            case PROJECT_DATASET_LINK -> id("select id from projectdatasetlink where parent = ?", project(dataset()));
            case DATASET_IMAGE_LINK -> id("select id from datasetimagelink where parent = ?", dataset());
            case SCREEN_PLATE_LINK -> server.links("screenplatelink", server.container("screen", "S"), plate());
            case IMAGE_ANNOTATION_LINK -> server.links("imageannotationlink", ours.image(), tag());
            case FILESET_ANNOTATION_LINK -> server.links("filesetannotationlink", ours.fileset(), tag());
            case ANNOTATION -> {
                long tag = tag();
                server.links("imageannotationlink", ours.image(), tag);
                yield tag;
            }
            case EXPERIMENTER -> SyntheticServer.ALICE;
            case GROUP -> SyntheticServer.LAB;
        };
    }

    private long dataset() throws SQLException {
        long dataset = server.container("dataset", "D");
        server.links("datasetimagelink", dataset, ours.image());
        return dataset;
    }

    private long project(long dataset) throws SQLException {
        long project = server.container("project", "P");
        server.links("projectdatasetlink", project, dataset);
        return project;
    }

    private long plate() throws SQLException {
        long plate = server.container("plate", "Q");
        server.fillsWell(plate, ours.image());
        return plate;
    }

    private long tag() throws SQLException {
        return server.textAnnotation("/basic/text/tag/", null, "t");
    }

    private Set<Long> changed(EntityKind kind, long id) throws SQLException {
        return dirty.find(connection, changes(Map.of(kind, Set.of(id)), Map.of()))
                .filesets();
    }

    private DirtyFilesets.Dirty removed(EntityKind kind, long id) throws SQLException {
        return dirty.find(connection, changes(Map.of(), Map.of(kind, Set.of(id))));
    }

    private static ChangeFeed.Changes changes(Map<EntityKind, Set<Long>> changed, Map<EntityKind, Set<Long>> removed) {
        Map<EntityKind, Set<Long>> changes = new EnumMap<>(EntityKind.class);
        changes.putAll(changed);
        Map<EntityKind, Set<Long>> removals = new EnumMap<>(EntityKind.class);
        removals.putAll(removed);
        return new ChangeFeed.Changes(changes, removals, CURSOR, false, false);
    }

    private long id(String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getLong(1);
            }
        }
    }
}
