package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** What it costs to begin with a server that has images already. */
class BackfillTest {
    private static final int IMAGES = 1_000;

    @TempDir
    private Path directory;

    @Test
    void aThousandImagesAreOneCallEachAndComparingThemAgainIsSomeQuestionsAndNoWrite() throws Exception {
        try (SyntheticServer server = SyntheticServer.start();
                EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
                IrodsStorage storage = IrodsStorage.connect(ZoneLogin.of(zone).build())) {
            ManyImages.create(server, zone, IMAGES);
            try (Rig rig = new Rig(server.database(), storage.avus(), Rig.policy(), Optional.empty())) {
                rig.pass();
                assertThat(rig.status.count("mirror.objects-changed")).isEqualTo(IMAGES);
                assertThat(rig.status.count("mirror.triples-added")).isEqualTo(IMAGES * ManyImages.TRIPLES);
                Map<String, Long> requests = storage.counters().requests();
                // One for each object; the rest are the companion's notes.
                assertThat(requests.get("ATOMIC_APPLY_METADATA_OPERATIONS")).isBetween(1_000L, 1_010L);
                assertThat(requests.get("GEN_QUERY")).isLessThan(60);
                assertThat(rig.reads()).isLessThan(25);
            }
            long writes = storage.counters().requests().getOrDefault("ATOMIC_APPLY_METADATA_OPERATIONS", 0L);
            long questions = storage.counters().requests().getOrDefault("GEN_QUERY", 0L);
            try (Rig rig = new Rig(server.database(), storage.avus(), Rig.policy(), Optional.empty())) {
                rig.tasks().requestReconciliation();
                rig.pass();
                assertThat(rig.status.level("reconcile.objects")).isEqualTo(IMAGES);
                assertThat(rig.status.level("reconcile.different")).isZero();
            }
            // The request, its answer, the cursor and the time.
            assertThat(storage.counters().requests().getOrDefault("ATOMIC_APPLY_METADATA_OPERATIONS", 0L) - writes)
                    .isLessThan(10);
            assertThat(storage.counters().requests().getOrDefault("GEN_QUERY", 0L) - questions)
                    .isLessThan(60);
        }
    }
}
