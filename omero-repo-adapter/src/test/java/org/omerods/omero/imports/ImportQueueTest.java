package org.omerods.omero.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.links.MountPaths;
import org.omerods.omero.remote.OmeroProgram;
import org.omerods.omero.standin.OmeroProgramStandIn;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

final class ImportQueueTest {
    private static final ImportAttributes NAMES = ImportAttributes.STANDARD;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final Storage storage = new MemoryStorage(now::get);
    private final List<ImportResult> results = java.util.Collections.synchronizedList(new ArrayList<>());
    private Path mounted;
    private OmeroProgramStandIn omero;

    @BeforeEach
    void start() throws Exception {
        omero = new OmeroProgramStandIn(Files.createDirectory(folder.resolve("omero")));
        mounted = Files.createDirectory(folder.resolve("irods"));
        storage.createCollection(StoragePath.of("/home"));
    }

    private ImportQueue queue(String companion, int parallel) {
        ImportSettings settings = new ImportSettings(List.of("all"), Duration.ofMinutes(1), parallel);
        ImportRunner runner = new ImportRunner(
                new OmeroProgram(omero.config()),
                settings,
                new ImportPolicy("alice", List.of()),
                new MountPaths(StoragePath.of("/home"), mounted),
                ImportedFilesets.UNKNOWN);
        return new ImportQueue(storage, NAMES, companion, runner, settings, now::get, (path, step) -> {}, results::add);
    }

    private StoragePath object(String name) throws Exception {
        StoragePath path = StoragePath.of("/home/" + name);
        try (ObjectWriter writer = storage.write(path, Storage.WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[] {1}));
            var _ = writer.commit();
        }
        Files.writeString(mounted.resolve(name), name);
        return path;
    }

    private StoragePath requested(String name) throws Exception {
        StoragePath path = object(name);
        add(path, new Avu(NAMES.state(), "requested", ""));
        return path;
    }

    private void add(StoragePath path, Avu avu) throws Exception {
        storage.avus().apply(path, List.of(new Operation.Add(avu)));
    }

    private List<String> triples(StoragePath path) throws Exception {
        return storage.avus().list(path).stream()
                .map(avu -> avu.attribute() + "=" + avu.value() + "|" + avu.units())
                .sorted()
                .toList();
    }

    @Test
    void aRequestIsClaimedRunAndWrittenBackWithTimes() throws Exception {
        StoragePath path = requested("x.ndpi");
        add(path, new Avu("lab::tissue", "liver", ""));
        add(path, new Avu(NAMES.error(), "of an earlier attempt", ""));
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
        }
        assertThat(triples(path))
                .containsExactly(
                        "lab::tissue=liver|",
                        "omero::import::result=Fileset:2 Image:20,21|",
                        "omero::import=done|2026-11-20T12:00:00Z");
    }

    @Test
    void aQueueIsBusyUntilAPassFindsNothingMore() throws Exception {
        requested("x.ndpi");
        try (ImportQueue queue = queue("one", 1)) {
            assertThat(queue.isBusy()).isFalse();
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
            assertThat(queue.isBusy())
                    .as("it ended, but nobody looked yet whether more is requested")
                    .isTrue();
            var _ = queue.pass();
            assertThat(queue.isBusy()).isFalse();
        }
        assertThat(results).hasSize(1);
    }

    @Test
    void aFailureIsWrittenBackAndANewRequestTriesAgain() throws Exception {
        StoragePath path = requested("garbage.ndpi");
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
            assertThat(triples(path)).hasSize(2).anyMatch(t -> t.startsWith("omero::import=failed|"));
            assertThat(triples(path)).anyMatch(t -> t.startsWith("omero::import::error=no reader"));
            add(path, new Avu(NAMES.state(), "requested", "by hand"));
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
        }
        assertThat(results).hasSize(2);
        assertThat(triples(path)).hasSize(2);
    }

    @Test
    void ofSeveralCompanionsExactlyOneRunsEachImport() throws Exception {
        List<StoragePath> paths = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            paths.add(requested("slide" + i + ".ndpi"));
        }
        List<ImportQueue> companions = List.of(queue("one", 2), queue("two", 2), queue("three", 2));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (ImportQueue queue : companions) {
                futures.add(threads.submit(() -> {
                    await().atMost(PATIENCE).until(() -> {
                        var _ = queue.pass();
                        return results.size() == 12;
                    });
                    return queue;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        companions.forEach(ImportQueue::close);
        assertThat(omero.calls()).hasSize(12);
        for (StoragePath path : paths) {
            assertThat(triples(path)).hasSize(2).anyMatch(t -> t.startsWith("omero::import=done|"));
        }
    }

    @Test
    void noMoreThanTheLimitRunAndTheRestWaitsAsQueuedOrRequested() throws Exception {
        for (int i = 0; i < 5; i++) {
            requested("wait" + i + ".ndpi");
        }
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> omero.has("waiting"));
            assertThat(storage.avus().find(NAMES.state(), "running")).hasSize(1);
            assertThat(storage.avus().find(NAMES.state(), "queued")).hasSize(2);
            assertThat(storage.avus().find(NAMES.state(), "requested")).hasSize(2);
            omero.go();
            await().atMost(PATIENCE).until(() -> {
                var _ = queue.pass();
                return results.size() == 5;
            });
        }
    }

    @Test
    void closingEndsWhatRunsAndLeavesItRequested() throws Exception {
        StoragePath running = requested("hang.ndpi");
        StoragePath queued = requested("later.ndpi");
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> omero.has("hanging"));
        }
        assertThat(triples(running)).containsExactly("omero::import=requested|2026-11-20T12:00:00Z");
        assertThat(triples(queued)).containsExactly("omero::import=requested|2026-11-20T12:00:00Z");
        assertThat(ProcessHandle.of(omero.pid("hanging")).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void whatADeadCompanionLeftIsRequestedAgainWhenItsClaimHasExpired() throws Exception {
        StoragePath claimedOnly = object("a.ndpi");
        add(claimedOnly, new Avu(NAMES.claim(), "dead", "2026-11-20T12:05:00Z"));
        StoragePath queued = object("b.ndpi");
        add(queued, new Avu(NAMES.claim(), "dead", "2026-11-20T12:05:00Z"));
        add(queued, new Avu(NAMES.state(), "queued", "2026-11-20T11:55:00Z"));
        StoragePath running = object("c.ndpi");
        add(running, new Avu(NAMES.state(), "running", "2026-11-20T11:59:00Z"));
        try (ImportQueue queue = queue("one", 3)) {
            var _ = queue.pass();
            assertThat(queue.size()).isZero();
            assertThat(triples(queued)).hasSize(2);
            now.set(Instant.parse("2026-11-20T12:30:00Z"));
            await().atMost(PATIENCE).until(() -> {
                var _ = queue.pass();
                return results.size() == 3;
            });
        }
        for (StoragePath path : List.of(claimedOnly, queued, running)) {
            assertThat(triples(path)).hasSize(2).contains("omero::import=done|2026-11-20T12:30:00Z");
        }
    }

    @Test
    void aClaimIsRenewedWhileItsCompanionLives() throws Exception {
        StoragePath path = requested("wait.ndpi");
        try (ImportQueue queue = queue("one", 1);
                ImportQueue other = queue("two", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> omero.has("waiting"));
            for (int i = 0; i < 4; i++) {
                now.set(now.get().plus(Duration.ofMinutes(6)));
                var _ = queue.pass();
                var _ = other.pass();
            }
            assertThat(other.size()).isZero();
            assertThat(triples(path)).hasSize(2).contains("omero::import::claim=one|2026-11-20T12:34:00Z");
            omero.go();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
        }
        assertThat(omero.calls()).hasSize(1);
    }

    @Test
    void aCompanionThatLostItsClaimEndsItsImport() throws Exception {
        requested("wait.ndpi");
        try (ImportQueue slow = queue("slow", 1);
                ImportQueue other = queue("other", 1)) {
            var _ = slow.pass();
            await().atMost(PATIENCE).until(() -> omero.has("waiting"));
            now.set(now.get().plus(Duration.ofMinutes(11)));
            var _ = other.pass();
            assertThat(other.size()).isEqualTo(1);
            var _ = slow.pass();
            assertThat(slow.size()).isZero();
            omero.go();
            await().atMost(PATIENCE).until(() -> other.size() == 0);
        }
        assertThat(omero.imported()).hasSize(1);
    }

    @Test
    void anObjectThatIsMovedWhileItIsImportedGetsItsOutcome() throws Exception {
        StoragePath path = requested("wait.ndpi");
        StoragePath moved = StoragePath.of("/home/moved.ndpi");
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> omero.has("waiting"));
            storage.rename(path, moved);
            omero.go();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
        }
        assertThat(triples(moved)).hasSize(2).anyMatch(t -> t.startsWith("omero::import=done|"));
    }

    @Test
    void whileOmeroIsAwayARequestStaysAndIsNotTriedAllTheTime() throws Exception {
        StoragePath path = requested("x.ndpi");
        omero.down(true);
        try (ImportQueue queue = queue("one", 1)) {
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
            assertThat(triples(path)).containsExactly("omero::import=requested|2026-11-20T12:00:00Z");
            var _ = queue.pass();
            assertThat(queue.size()).isZero();
            omero.down(false);
            now.set(now.get().plus(Duration.ofSeconds(31)));
            var _ = queue.pass();
            await().atMost(PATIENCE).until(() -> queue.size() == 0);
        }
        assertThat(triples(path)).anyMatch(t -> t.startsWith("omero::import=done|"));
    }
}
