package org.omerods.omero.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;

final class SqlPresentAnnotationsTest {
    private static final String NS = ImageRows.AVU_NAMESPACE;

    @Test
    void annotationsOfTheServiceAccountAreReadInTheOrderOfTheirRows() throws Exception {
        try (SyntheticServer server = SyntheticServer.start();
                OmeroDatabase database = server.database().openAsReader()) {
            Imported imported = server.imports(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("irods/x.ndpi")), 2);
            long first = server.mapAnnotation(NS, "tissue", "liver", "tissue", "", "a", "Mäuse 肌");
            long empty = server.mapAnnotation(NS);
            long foreign = server.mapAnnotation(NS, "by", "bob");
            long other = server.mapAnnotation("example.org", "k", "v");
            long image = imported.image();
            try (Connection connection = server.database().connect();
                    Statement statement = connection.createStatement()) {
                int link = 900_000;
                for (long annotation : List.of(first, empty, foreign, other)) {
                    statement.execute("insert into imageannotationlink (id, parent, child) values (" + link++ + ", "
                            + image + ", " + annotation + ")");
                }
                statement.execute("update annotation set owner_id = 3 where id = " + foreign);
            }
            assertThat(new SqlPresentAnnotations(database, "alice").find(Set.copyOf(imported.images()), NS))
                    .isEqualTo(Optional.of(Map.of(
                            image,
                            List.of(
                                    new StoredAnnotation(
                                            first,
                                            List.of(
                                                    new MapPair("tissue", "liver"),
                                                    new MapPair("tissue", ""),
                                                    new MapPair("a", "Mäuse 肌"))),
                                    new StoredAnnotation(empty, List.of())))));
        }
    }
}
