package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.testing.FaultyAvus;
import org.omerods.omero.testing.RecordedServer;
import org.omerods.omero.testing.RecordedTriples;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.memory.MemoryStorage;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.wire.CallFault.Moment;

/**
 * What users of a real OMERO server did, replayed row by row: after each step exactly the triples stand in iRODS that were
 * written down beforehand, however the companion got there.
 */
class RecordedScenarioTest {
    private static final long SEED = 20_261_125;
    private static final int MAX_TRIES = 60;
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final Set<String> objects = new HashSet<>();

    @Test
    void everyStepEndsWithTheTriplesThatWereWrittenDown() throws Exception {
        Path repository = Files.createDirectories(directory.resolve("repository"));
        try (RecordedServer server = RecordedServer.start(repository);
                EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("zone")));
                Storage storage = irods(zone)) {
            RecordedTriples expected = RecordedTriples.read();
            createObjects(storage, expected);
            Rig rig = rig(server, storage.avus(), repository);
            for (RecordedServer.Step step : server.steps()) {
                server.changeFiles(step);
                createTargets(storage, repository);
                for (List<JsonNode> transaction : step.transactions()) {
                    server.replay(transaction);
                }
                zone.faults().killAgents();
                rig.pass();
                assertSame(step.name(), storage.avus(), expected.after(step.name()));
            }
            rig.close();
        }
    }

    @Test
    void whateverIsKilledAtAnyStepTheTriplesAreTheSame() throws Exception {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        Path repository = Files.createDirectories(directory.resolve("repository"));
        MemoryStorage storage = new MemoryStorage();
        Rig.collections(storage, Rig.HOME);
        FaultyAvus avus = new FaultyAvus(storage.avus());
        try (RecordedServer server = RecordedServer.start(repository)) {
            RecordedTriples expected = RecordedTriples.read();
            createObjects(storage, expected);
            Rig rig = rig(server, avus, repository);
            int kills = 0;
            for (RecordedServer.Step step : server.steps()) {
                server.changeFiles(step);
                createTargets(storage, repository);
                for (List<JsonNode> transaction : step.transactions()) {
                    server.replay(transaction);
                    if (random.nextInt(20) == 0) {
                        passOrFail(rig);
                    }
                }
                switch (random.nextInt(3)) {
                    case 0 -> {
                        avus.failAfter(random.nextInt(12));
                        passOrFail(rig);
                        avus.heal();
                    }
                    case 1 -> server.database().cutReaders();
                    default -> {
                        avus.failAfter(random.nextInt(12));
                        passOrFail(rig);
                        rig.close();
                        avus.heal();
                        rig = rig(server, avus, repository);
                    }
                }
                kills++;
                settle(rig);
                assertReached(step.name(), rig, storage.avus(), expected);
            }
            assertThat(kills).isGreaterThan(100);
            rig.close();
        }
    }

    @Test
    void wheneverTheZoneBreaksOffInABatchTheTriplesAreTheSame() throws Exception {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        Path repository = Files.createDirectories(directory.resolve("repository"));
        try (RecordedServer server = RecordedServer.start(repository);
                EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("zone")));
                Storage storage = irods(zone)) {
            RecordedTriples expected = RecordedTriples.read();
            createObjects(storage, expected);
            Rig rig = rig(server, storage.avus(), repository);
            int failed = 0;
            for (RecordedServer.Step step : server.steps()) {
                server.changeFiles(step);
                createTargets(storage, repository);
                for (List<JsonNode> transaction : step.transactions()) {
                    server.replay(transaction);
                }
                String call = random.nextInt(4) == 0 ? "GEN_QUERY" : "ATOMIC_APPLY_METADATA_OPERATIONS";
                Moment moment = random.nextBoolean() ? Moment.BEFORE_IT : Moment.AFTER_IT;
                zone.faults().cut(call, 1 + random.nextInt(4), moment);
                failed += passOrFail(rig) ? 0 : 1;
                if (random.nextInt(3) == 0) {
                    zone.faults().refuseConnections(true);
                    zone.faults().killAgents();
                    passOrFail(rig);
                }
                zone.faults().clear();
                settle(rig);
                assertReached(step.name(), rig, storage.avus(), expected);
            }
            assertThat(failed).as("passes that were cut off").isGreaterThan(10);
            rig.close();
        }
    }

    private static void assertReached(String step, Rig rig, AvuStore avus, RecordedTriples expected)
            throws StorageException {
        Set<String> wanted = expected.after(step);
        // An import that was met half done ends without a word and is looked at again a second later.
        Awaitility.await().atMost(MAX_WAIT).until(() -> {
            rig.pass();
            return rig.status.level("mirror.pending-imports") == 0
                    || Rig.mirrored(avus).equals(wanted);
        });
        assertSame(step, avus, wanted);
    }

    @Test
    void startingAtTheEndFindsTheSame() throws Exception {
        Path repository = Files.createDirectories(directory.resolve("repository"));
        MemoryStorage storage = new MemoryStorage();
        Rig.collections(storage, Rig.HOME);
        try (RecordedServer server = RecordedServer.start(repository)) {
            RecordedTriples expected = RecordedTriples.read();
            createObjects(storage, expected);
            Set<String> end = Set.of();
            for (RecordedServer.Step step : server.steps()) {
                server.replay(step);
                createTargets(storage, repository);
                end = expected.after(step.name());
            }
            try (Rig rig = rig(server, storage.avus(), repository)) {
                rig.pass();
                assertSame("the end", storage.avus(), end);
                assertThat(rig.status.count("mirror.triples-removed")).isZero();
            }
        }
    }

    /** Says what differs, not all that there is. */
    private static void assertSame(String step, AvuStore avus, Set<String> expected) throws StorageException {
        Set<String> found = Rig.mirrored(avus);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> tooMuch = new TreeSet<>(found);
        tooMuch.removeAll(expected);
        assertThat(missing)
                .as("missing after " + step + ", too much is " + tooMuch)
                .isEmpty();
        assertThat(tooMuch).as("too much after " + step).isEmpty();
        assertThat(Digests.wrong(avus)).as("wrong digests after " + step).isEmpty();
    }

    private static void settle(Rig rig) throws Exception {
        for (int i = 0; i < MAX_TRIES; i++) {
            if (passOrFail(rig)) {
                rig.pass(); // what an unknown link owes is done in the pass after
                return;
            }
        }
        throw new AssertionError("no pass succeeds");
    }

    private static boolean passOrFail(Rig rig) {
        try {
            rig.pass();
            return true;
        } catch (SQLException | StorageException e) {
            return false;
        }
    }

    /** One link of the repository was removed in the recording and never made: its object has to be there as well. */
    private void createObjects(Storage storage, RecordedTriples expected) throws StorageException {
        for (String path : expected.objects()) {
            objects.add("/irods" + path);
            Rig.object(storage, path);
        }
    }

    /** The objects that the links of the repository point to. */
    private void createTargets(Storage storage, Path repository) throws IOException, StorageException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(repository)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith("/irods/tempZone/") && objects.add(target)) {
                Rig.object(storage, target.substring("/irods".length()));
            }
        }
    }

    private static Rig rig(RecordedServer server, AvuStore avus, Path repository) {
        return new Rig(server.database(), avus, Rig.policy(), Optional.of(repository));
    }

    private static Storage irods(EmbeddedZone zone) throws StorageException {
        Storage storage = IrodsStorage.connect(ZoneLogin.of(zone).build());
        storage.stat(StoragePath.ROOT);
        return storage;
    }
}
