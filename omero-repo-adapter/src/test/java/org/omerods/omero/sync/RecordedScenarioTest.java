package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.testing.RecordedServer;
import org.omerods.storage.Storage;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.memory.MemoryStorage;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/**
 * What users of a real OMERO server did, replayed row by row: after each step exactly the triples stand in iRODS that were
 * written down beforehand, followed step by step or started from scratch at the end.
 */
class RecordedScenarioTest {
    @TempDir
    private Path directory;

    @Test
    void everyStepEndsWithTheTriplesThatWereWrittenDown() throws Exception {
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("zone")));
                Storage storage = IrodsStorage.connect(ZoneLogin.of(zone).build());
                RecordedScenario scenario = new RecordedScenario(directory, storage);
                Rig rig = scenario.companion(storage.avus())) {
            for (RecordedServer.Step step : scenario.steps()) {
                scenario.play(step);
                zone.faults().killAgents();
                rig.pass();
                scenario.assertTriples();
            }
        }
    }

    @Test
    void startingAtTheEndFindsTheSame() throws Exception {
        MemoryStorage storage = new MemoryStorage();
        Rig.collections(storage, Rig.HOME);
        try (RecordedScenario scenario = new RecordedScenario(directory, storage)) {
            for (RecordedServer.Step step : scenario.steps()) {
                scenario.play(step);
            }
            try (Rig rig = scenario.companion(storage.avus())) {
                rig.pass();
                scenario.assertTriples();
                assertThat(rig.status.count("mirror.triples-removed")).isZero();
            }
        }
    }
}
