package org.omerods.omero.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.links.LinkFinding.State;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

final class LinkCheckTest {
    private static final String MANAGED = "alice_2/2026-11/20/x.ndpi";

    @TempDir
    private Path folder;

    private final Storage storage = new MemoryStorage(() -> Instant.EPOCH);
    private Path repository;
    private Path mounted;
    private LinkCheck check;

    @BeforeEach
    void start() throws Exception {
        repository = Files.createDirectory(folder.resolve("repository"));
        mounted = folder.resolve("irods");
        storage.createCollection(StoragePath.of("/zone"));
        storage.createCollection(StoragePath.of("/zone/home"));
        check = new LinkCheck(repository, new MountPaths(StoragePath.of("/zone/home"), mounted), storage, "omero::");
    }

    private StoragePath object(String path) throws Exception {
        try (ObjectWriter writer = storage.write(StoragePath.of(path), Storage.WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[1]));
            return writer.commit().path();
        }
    }

    private void is(StoragePath path, String managed) throws Exception {
        storage.avus()
                .apply(
                        path,
                        List.of(new Operation.Add(new Avu(
                                "omero::originalfile", "urn:lsid:x:OriginalFile:y_7", "repo-uuid:" + managed))));
    }

    private Path link(String managed, String target) throws Exception {
        Path link = repository.resolve(managed);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, mounted.resolve(target));
    }

    private State only(List<LinkFinding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst().state();
    }

    @Test
    void aLinkToItsObjectIsFine() throws Exception {
        is(object("/zone/home/x.ndpi"), MANAGED);
        link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.OK);
    }

    @Test
    void aLinkFollowsItsObjectIntoAnotherMount() throws Exception {
        storage.createCollection(StoragePath.of("/zone/archive"));
        Path archive = folder.resolve("archive");
        check = new LinkCheck(
                repository,
                new MountPaths(List.of(
                        new MountPoint(StoragePath.of("/zone/home"), mounted),
                        new MountPoint(StoragePath.of("/zone/archive"), archive))),
                storage,
                "omero::");
        StoragePath path = object("/zone/home/x.ndpi");
        is(path, MANAGED);
        Path link = link(MANAGED, "x.ndpi");
        storage.rename(path, StoragePath.of("/zone/archive/x.ndpi"));
        assertThat(only(check.fix())).isEqualTo(State.FIXED);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(archive.resolve("x.ndpi"));
        assertThat(only(check.fix())).isEqualTo(State.OK);
    }

    @Test
    void aLinkWhoseObjectWasRenamedIsRePointed() throws Exception {
        StoragePath path = object("/zone/home/x.ndpi");
        is(path, MANAGED);
        Path link = link(MANAGED, "x.ndpi");
        storage.createCollection(StoragePath.of("/zone/home/2026"));
        storage.rename(path, StoragePath.of("/zone/home/2026/y z.ndpi"));
        assertThat(only(check.check())).isEqualTo(State.MOVED);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("x.ndpi"));
        assertThat(only(check.fix())).isEqualTo(State.FIXED);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("2026/y z.ndpi"));
        assertThat(only(check.fix())).isEqualTo(State.OK);
        try (var files = Files.list(link.getParent())) {
            assertThat(files).containsExactly(link);
        }
    }

    @Test
    void anotherObjectAtTheOldPathDoesNotKeepTheLink() throws Exception {
        StoragePath path = object("/zone/home/x.ndpi");
        is(path, MANAGED);
        Path link = link(MANAGED, "x.ndpi");
        storage.rename(path, StoragePath.of("/zone/home/y.ndpi"));
        object("/zone/home/x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.FIXED);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("y.ndpi"));
    }

    @Test
    void aLinkWhoseObjectIsGoneIsReportedAndKept() throws Exception {
        Path link = link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.GONE);
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void anObjectThatTheMirrorHasNotSeenYetIsFine() throws Exception {
        object("/zone/home/x.ndpi");
        link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.OK);
    }

    @Test
    void severalObjectsThatClaimAFileLeaveTheLinkAlone() throws Exception {
        is(object("/zone/home/a"), MANAGED);
        is(object("/zone/home/b"), MANAGED);
        Path link = link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.AMBIGUOUS);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("x.ndpi"));
    }

    @Test
    void aLinkIsNeverPointedToACollection() throws Exception {
        is(StoragePath.of("/zone/home"), "of the collection");
        storage.createCollection(StoragePath.of("/zone/home/c"));
        is(StoragePath.of("/zone/home/c"), MANAGED);
        Path link = link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.DIRECTORY);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("x.ndpi"));
    }

    @Test
    void aLinkThatLeadsToACollectionIsReported() throws Exception {
        storage.createCollection(StoragePath.of("/zone/home/c"));
        link(MANAGED, "c");
        assertThat(only(check.check())).isEqualTo(State.DIRECTORY);
    }

    @Test
    void anObjectOutsideOfTheMountIsReported() throws Exception {
        StoragePath path = object("/zone/home/x.ndpi");
        is(path, MANAGED);
        storage.rename(path, StoragePath.of("/zone/x.ndpi"));
        link(MANAGED, "x.ndpi");
        assertThat(only(check.fix())).isEqualTo(State.GONE);
    }

    @Test
    void linksThatLeadElsewhereAndOrdinaryFilesAreNotLookedAt() throws Exception {
        Files.createSymbolicLink(repository.resolve("elsewhere"), folder.resolve("irods-2/x"));
        Files.createSymbolicLink(repository.resolve("up"), mounted.resolve("../other"));
        Files.writeString(repository.resolve("file"), "bytes");
        assertThat(check.fix()).isEmpty();
    }

    @Test
    void whoHasTheOldTargetOpenReadsOnAndNobodyMissesTheName() throws Exception {
        Files.createDirectory(mounted);
        Files.writeString(mounted.resolve("old"), "old");
        Files.writeString(mounted.resolve("new"), "new");
        Path link = link(MANAGED, "old");
        AtomicBoolean ended = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().unstarted(() -> {
            try {
                while (!ended.get()) {
                    assertThat(Files.readString(link)).isIn("old", "new");
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        AtomicBoolean failed = new AtomicBoolean();
        reader.setUncaughtExceptionHandler((thread, e) -> failed.set(true));
        reader.start();
        try (InputStream open = Files.newInputStream(link)) {
            for (int i = 0; i < 200; i++) {
                assertThat(LinkReplacement.replace(link, mounted.resolve(i % 2 == 0 ? "new" : "old"), () -> true))
                        .isTrue();
            }
            assertThat(open.readAllBytes()).isEqualTo("old".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        ended.set(true);
        reader.join();
        assertThat(failed).isFalse();
    }

    @Test
    void aLastLookThatSaysNoChangesNothing() throws Exception {
        Path link = link(MANAGED, "x.ndpi");
        assertThat(LinkReplacement.replace(link, mounted.resolve("y"), () -> false))
                .isFalse();
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("x.ndpi"));
        try (var files = Files.list(link.getParent())) {
            assertThat(files).containsExactly(link);
        }
    }
}
