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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.omerods.omero.testing.RecordedServer;
import org.omerods.omero.testing.RecordedTriples;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/**
 * The recorded life of a real OMERO server, played to a companion step by step, with the triples that have to stand in iRODS
 * after each. Not thread-safe.
 */
final class RecordedScenario implements AutoCloseable {
    private static final int MAX_TRIES = 60;
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final Path repository;
    private final Storage storage;
    private final RecordedServer server;
    private final RecordedTriples expected = RecordedTriples.read();
    private final Set<String> objects = new HashSet<>();
    private String step = "the start";
    private Set<String> wanted = Set.of();

    /**
     * Makes the objects that carry a triple at some time: one link of the repository was removed in the recording and never
     * made, its object has to be there as well.
     *
     * @param directory where the managed repository is to lie
     */
    RecordedScenario(Path directory, Storage storage) throws IOException, SQLException, StorageException {
        this.repository = Files.createDirectories(directory.resolve("repository"));
        this.storage = storage;
        this.server = RecordedServer.start(repository);
        for (String path : expected.objects()) {
            objects.add("/irods" + path);
            Rig.object(storage, path);
        }
    }

    RecordedServer server() {
        return server;
    }

    List<RecordedServer.Step> steps() {
        return server.steps();
    }

    /** A new companion. */
    Rig companion(AvuStore avus) {
        return new Rig(server.database(), avus, Rig.policy(), Optional.of(repository));
    }

    /** Changes the files as the next step did; returns whether it changes the triples. */
    boolean begin(RecordedServer.Step next) throws IOException, StorageException {
        server.changeFiles(next);
        createTargets();
        step = next.name();
        Set<String> before = wanted;
        wanted = expected.after(step);
        return !wanted.equals(before);
    }

    /** The whole next step. */
    boolean play(RecordedServer.Step next) throws SQLException, IOException, StorageException {
        boolean changes = begin(next);
        for (List<JsonNode> transaction : next.transactions()) {
            server.replay(transaction);
        }
        return changes;
    }

    /** Lets the companion work until nothing fails and nothing is owed, and compares. */
    void assertReached(Rig rig) throws Exception {
        settle(rig);
        // An import that was met half done ends without a word and is looked at again a second later.
        Awaitility.await().atMost(MAX_WAIT).until(() -> {
            rig.pass();
            return rig.status.level("mirror.pending-imports") == 0
                    || Rig.mirrored(storage.avus()).equals(wanted);
        });
        assertTriples();
    }

    /** Says what differs, not all that there is. */
    void assertTriples() throws StorageException {
        Set<String> found = Rig.mirrored(storage.avus());
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        Set<String> tooMuch = new TreeSet<>(found);
        tooMuch.removeAll(wanted);
        assertThat(missing)
                .as("missing after " + step + ", too much is " + tooMuch)
                .isEmpty();
        assertThat(tooMuch).as("too much after " + step).isEmpty();
        assertThat(Digests.wrong(storage.avus()))
                .as("wrong digests after " + step)
                .isEmpty();
    }

    static boolean passes(Rig rig) {
        try {
            rig.pass();
            return true;
        } catch (SQLException | StorageException e) {
            return false;
        }
    }

    private static void settle(Rig rig) throws Exception {
        for (int i = 0; i < MAX_TRIES; i++) {
            if (passes(rig)) {
                rig.pass(); // what an unknown link owes is done in the pass after
                return;
            }
        }
        throw new AssertionError("no pass succeeds");
    }

    /** The objects that the links of the repository point to. */
    private void createTargets() throws IOException, StorageException {
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

    @Override
    public void close() throws SQLException {
        server.close();
    }
}
