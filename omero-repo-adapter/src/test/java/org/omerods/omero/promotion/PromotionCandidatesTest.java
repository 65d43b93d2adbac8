package org.omerods.omero.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;
import org.omerods.omero.testing.SyntheticServer.Source;

/** The files of this server have 1 byte. */
final class PromotionCandidatesTest {
    private static final PromotionPolicy ANY = new PromotionPolicy(Duration.ZERO, 0, Set.of());

    private static List<Long> ids(PromotionCandidates candidates, PromotionPolicy policy, Instant now)
            throws Exception {
        List<Long> ids = new ArrayList<>();
        List<LocalFile> page = candidates.page(policy, now, -1);
        while (!page.isEmpty()) {
            page.forEach(file -> ids.add(file.originalFile()));
            page = candidates.page(policy, now, page.getLast().originalFile());
        }
        return ids;
    }

    @Test
    void filesOfCompleteImportsAreFoundByAgeSizeAndGroup() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(2));
        try (SyntheticServer server = SyntheticServer.start();
                OmeroDatabase database = server.database().openAsReader()) {
            PromotionCandidates candidates = new PromotionCandidates(database);
            Source first = server.source("data/a.tiff");
            Imported two = server.imports(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(first, server.source("data/b.tiff")), 2);
            Imported secret = server.imports(
                    SyntheticServer.BOB, SyntheticServer.PRIVATE, List.of(server.source("data/c.tiff")), 1);
            Imported underWay = server.startsImport(
                    SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("data/d.tiff")), 2);
            server.startsImport(SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("data/e.tiff")), 0);
            assertThat(ids(candidates, ANY, later))
                    .containsExactly(
                            two.files().get(0),
                            two.files().get(1),
                            secret.files().getFirst());
            LocalFile file = candidates.page(ANY, later, -1).getFirst();
            assertThat(file.managedPath()).isEqualTo(first.managedPath() + first.managedName());
            assertThat(file.group()).isEqualTo("lab");
            assertThat(file.size()).isEqualTo(1);
            assertThat(ids(candidates, new PromotionPolicy(Duration.ofDays(3), 0, Set.of()), later))
                    .isEmpty();
            assertThat(ids(candidates, new PromotionPolicy(Duration.ZERO, 2, Set.of()), later))
                    .isEmpty();
            assertThat(ids(candidates, new PromotionPolicy(Duration.ZERO, 0, Set.of("secret lab")), later))
                    .containsExactly(secret.files().getFirst());
            server.setsPixelsPath(underWay);
            assertThat(ids(candidates, ANY, later)).contains(underWay.files().getFirst());
        }
    }
}
