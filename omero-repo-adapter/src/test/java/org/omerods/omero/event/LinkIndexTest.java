package org.omerods.omero.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.testing.SyntheticServer;

/** What hung on a link that is gone. */
class LinkIndexTest {
    private static final EntityKind KIND = EntityKind.DATASET_IMAGE_LINK;

    private final LinkIndex links = new LinkIndex();
    private SyntheticServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        connection = server.database().connect();
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void linksThatWereLoadedAreKnownAfterTheyAreGone() throws Exception {
        long first = server.links("datasetimagelink", 10, 20);
        long second = server.links("datasetimagelink", 10, 21);
        links.load(connection);
        server.unlinks("datasetimagelink", first);
        server.unlinks("datasetimagelink", second);
        assertThat(links.find(KIND, Set.of(first, second))).isEqualTo(new LinkIndex.Known(Set.of(20L, 21L), 0));
    }

    @Test
    void eachKindHasNumbersOfItsOwnAndItsOwnSideOfTheLink() throws Exception {
        server.executes("insert into datasetimagelink (id, parent, child) values (1, 10, 20)");
        server.executes("insert into projectdatasetlink (id, parent, child) values (1, 11, 21)");
        server.executes("insert into screenplatelink (id, parent, child) values (1, 12, 22)");
        server.executes("insert into imageannotationlink (id, parent, child) values (1, 13, 23)");
        server.executes("insert into filesetannotationlink (id, parent, child) values (1, 14, 24)");
        server.executes("insert into roi (id, image) values (1, 15)");
        links.load(connection);
        assertThat(target(KIND)).isEqualTo(20);
        assertThat(target(EntityKind.PROJECT_DATASET_LINK)).isEqualTo(21);
        assertThat(target(EntityKind.SCREEN_PLATE_LINK)).isEqualTo(22);
        assertThat(target(EntityKind.IMAGE_ANNOTATION_LINK)).isEqualTo(13);
        assertThat(target(EntityKind.FILESET_ANNOTATION_LINK)).isEqualTo(14);
        assertThat(target(EntityKind.ROI)).isEqualTo(15);
    }

    @Test
    void onlyTheLinksThatAreAskedForAreLearnt() throws Exception {
        long asked = server.links("datasetimagelink", 10, 20);
        long other = server.links("datasetimagelink", 10, 21);
        links.learn(connection, KIND, Set.of(asked, 4711L));
        assertThat(links.find(KIND, Set.of(asked, other))).isEqualTo(new LinkIndex.Known(Set.of(20L), 1));
    }

    @Test
    void loadingAgainForgetsWhatIsGone() throws Exception {
        long link = server.links("datasetimagelink", 10, 20);
        links.load(connection);
        server.unlinks("datasetimagelink", link);
        links.load(connection);
        assertThat(links.find(KIND, Set.of(link)).unknown()).isEqualTo(1);
    }

    @Test
    void aRegionOfNoImageHangsOnNothing() throws Exception {
        server.executes("insert into roi (id) values (5)");
        links.load(connection);
        links.learn(connection, EntityKind.ROI, Set.of(5L));
        assertThat(links.find(EntityKind.ROI, Set.of(5L)).unknown()).isEqualTo(1);
    }

    @Test
    void whatIsNoLinkIsNotLearnt() throws Exception {
        links.learn(connection, EntityKind.IMAGE, Set.of(1L));
        assertThat(links.find(EntityKind.IMAGE, Set.of(1L)).unknown()).isEqualTo(1);
    }

    private long target(EntityKind kind) {
        return links.find(kind, Set.of(1L)).targets().iterator().next();
    }
}
