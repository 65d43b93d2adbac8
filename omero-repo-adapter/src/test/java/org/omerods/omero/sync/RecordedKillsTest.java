package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.testing.FaultyAvus;
import org.omerods.omero.testing.RecordedServer;
import org.omerods.storage.Storage;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.memory.MemoryStorage;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.wire.CallFault.Moment;

/**
 * The recorded scenario while companion, database connection and zone are killed in every step: the triples are the same
 * after each.
 */
class RecordedKillsTest {
    private static final long SEED = 20_261_125;
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final String CHANGE = "ATOMIC_APPLY_METADATA_OPERATIONS";
    private static final String QUERY = "GEN_QUERY";

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);

    @Test
    void whereverAChangeOfManyObjectsIsCutOffTheTriplesAreTheSame() throws Exception {
        MemoryStorage storage = new MemoryStorage();
        Rig.collections(storage, Rig.HOME);
        FaultyAvus avus = new FaultyAvus(storage.avus());
        try (RecordedScenario scenario = new RecordedScenario(directory, storage)) {
            assertThat(scenario.steps()).hasSizeGreaterThan(100);
            Rig rig = scenario.companion(avus);
            for (RecordedServer.Step step : scenario.steps()) {
                scenario.begin(step);
                for (List<JsonNode> transaction : step.transactions()) {
                    scenario.server().replay(transaction);
                    if (random.nextInt(20) == 0) {
                        RecordedScenario.passes(rig);
                    }
                }
                switch (random.nextInt(3)) {
                    case 0 -> {
                        avus.failAfter(random.nextInt(12));
                        RecordedScenario.passes(rig);
                        avus.heal();
                    }
                    case 1 -> scenario.server().database().cutReaders();
                    default -> {
                        avus.failAfter(random.nextInt(12));
                        RecordedScenario.passes(rig);
                        rig.close();
                        avus.heal();
                        rig = scenario.companion(avus);
                    }
                }
                scenario.assertReached(rig);
            }
            rig.close();
        }
    }

    @Test
    void companionDatabaseConnectionAndZoneAreKilledInEveryStepAndTheTriplesAreTheSame() throws Exception {
        EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("zone")));
        ZoneOptions again = ZoneOptions.inDirectory(directory.resolve("zone")).withPort(zone.port());
        int cutChanges = 0;
        int cutQueries = 0;
        try (Storage storage = IrodsStorage.connect(ZoneLogin.of(zone).build());
                RecordedScenario scenario = new RecordedScenario(directory, storage)) {
            Rig rig = scenario.companion(storage.avus());
            for (RecordedServer.Step step : scenario.steps()) {
                boolean changes = scenario.play(step);
                if (changes) {
                    cutOff(zone, rig);
                    cutChanges++;
                }
                cutQueries += cutsQuery(zone, rig);
                kill(zone, scenario, rig);
                rig = scenario.companion(storage.avus());
                RecordedScenario.passes(rig);
                zone = EmbeddedZone.start(again);
                scenario.assertReached(rig);
            }
            rig.close();
        } finally {
            zone.close();
        }
        assertThat(cutChanges).as("changes that were cut off").isGreaterThan(50);
        assertThat(cutQueries).as("queries that were cut off").isGreaterThan(5);
    }

    /** One of the next queries is cut off, if the companion asks as many; returns how many were. */
    private int cutsQuery(EmbeddedZone zone, Rig rig) {
        zone.faults().cut(QUERY, 1 + random.nextInt(3), moment());
        RecordedScenario.passes(rig);
        int left = zone.faults().pending();
        zone.faults().clear();
        return 1 - left;
    }

    /** The step changes triples, so there is a change to cut off; one that is owed for an import may take a second. */
    private void cutOff(EmbeddedZone zone, Rig rig) {
        zone.faults().cut(CHANGE, 1, moment());
        Awaitility.await("a change is cut off").atMost(MAX_WAIT).until(() -> {
            RecordedScenario.passes(rig);
            return zone.faults().pending() == 0;
        });
    }

    /** The zone ends, then the companion, whose sessions of the database are cut in half of the cases. */
    private void kill(EmbeddedZone zone, RecordedScenario scenario, Rig rig) throws Exception {
        zone.close();
        if (random.nextBoolean()) {
            scenario.server().database().cutReaders();
        }
        RecordedScenario.passes(rig);
        rig.close();
    }

    private Moment moment() {
        return random.nextBoolean() ? Moment.BEFORE_IT : Moment.AFTER_IT;
    }
}
