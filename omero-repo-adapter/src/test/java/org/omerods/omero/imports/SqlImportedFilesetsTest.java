package org.omerods.omero.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.imports.ImportedFilesets.Known;
import org.omerods.omero.remote.OmeroProgram.As;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;

final class SqlImportedFilesetsTest {
    private static final As ALICE = new As("alice", "");

    @Test
    void completeImportsAndRemainsOfOthersAreToldApart() throws Exception {
        try (SyntheticServer server = SyntheticServer.start();
                OmeroDatabase database = server.database().openAsReader()) {
            SqlImportedFilesets known = new SqlImportedFilesets(database);
            Imported dead = server.startsImport(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("irods/x.ndpi")), 2);
            Imported noImages = server.startsImport(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("irods/y.ndpi")), 0);
            Imported complete = server.imports(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("irods/x.ndpi")), 3);
            assertThat(known.find(ALICE, Set.of("irods/x.ndpi", "irods/y.ndpi", "irods/z.ndpi")))
                    .containsOnlyKeys("irods/x.ndpi", "irods/y.ndpi")
                    .containsEntry(
                            "irods/x.ndpi",
                            List.of(new Known(complete.fileset(), true), new Known(dead.fileset(), false)))
                    .containsEntry("irods/y.ndpi", List.of(new Known(noImages.fileset(), false)));
            server.setsPixelsPath(dead);
            assertThat(known.find(ALICE, Set.of("irods/x.ndpi")).getOrDefault("irods/x.ndpi", List.of()))
                    .allMatch(Known::complete);
        }
    }

    @Test
    void importsOfOtherUsersAndGroupsDoNotCount() throws Exception {
        try (SyntheticServer server = SyntheticServer.start();
                OmeroDatabase database = server.database().openAsReader()) {
            SqlImportedFilesets known = new SqlImportedFilesets(database);
            server.imports(SyntheticServer.BOB, SyntheticServer.LAB, List.of(server.source("irods/x.ndpi")), 1);
            assertThat(known.find(ALICE, Set.of("irods/x.ndpi"))).isEmpty();
            assertThat(known.find(new As("bob", ""), Set.of("irods/x.ndpi"))).hasSize(1);
            assertThat(known.find(new As("bob", "lab"), Set.of("irods/x.ndpi"))).hasSize(1);
            assertThat(known.find(new As("bob", "secret lab"), Set.of("irods/x.ndpi")))
                    .isEmpty();
            assertThat(known.find(As.SERVICE_ACCOUNT, Set.of("irods/x.ndpi"))).hasSize(1);
        }
    }
}
