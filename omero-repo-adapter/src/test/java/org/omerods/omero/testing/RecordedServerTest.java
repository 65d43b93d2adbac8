package org.omerods.omero.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedServerTest {
    @TempDir
    private Path managedRepository;

    @Test
    void theWholeScenarioIsReplayed() throws Exception {
        try (RecordedServer server = RecordedServer.start(managedRepository)) {
            for (RecordedServer.Step step : server.steps()) {
                server.replay(step);
            }
            assertThat(count(server, "eventlog")).isGreaterThan(5_000);
            assertThat(count(server, "fileset")).isEqualTo(76 - 9);
            assertThat(count(server, "image")).isEqualTo(145 - 25);
            assertThat(Files.isSymbolicLink(
                            managedRepository.resolve("alice_2/2026-11/20/11-28-11.363/test3-TRITC 2 (560).ndpi")))
                    .isTrue();
        }
    }

    private static long count(RecordedServer server, String table) throws Exception {
        try (Connection connection = server.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
