package org.omerods.omero.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.links.MountPaths;
import org.omerods.storage.Avu;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.memory.MemoryStorage;

/** The mount of these tests is a folder into which each committed object is written. */
final class PromoterTest {
    private static final String NAME = "alice_2/2026-11/20/11-57-32.385/promo.svs";
    private static final StoragePath OBJECT = StoragePath.of("/zone/omero/" + NAME);

    @TempDir
    private Path folder;

    private final Storage memory = new MemoryStorage(() -> Instant.parse("2026-11-20T12:00:00Z"));
    private final byte[] bytes = new byte[9_000_001];
    private Path repository;
    private Path mounted;
    private Path local;
    private PromotionPlace place;

    @BeforeEach
    void start() throws Exception {
        new Random(7).nextBytes(bytes);
        repository = folder.resolve("repository");
        mounted = Files.createDirectory(folder.resolve("irods"));
        local = repository.resolve(NAME);
        Files.createDirectories(local.getParent());
        Files.write(local, bytes);
        memory.createCollection(StoragePath.of("/zone"));
        place = new PromotionPlace(
                repository, StoragePath.of("/zone/omero"), new MountPaths(StoragePath.of("/zone"), mounted), "omero::");
    }

    /** Shows what it holds through the mount, and dies at the n-th change. */
    private class MountedStorage extends ForwardingStorage {
        private int changesLeft;

        MountedStorage(int changesBeforeDeath) {
            super(memory);
            changesLeft = changesBeforeDeath;
        }

        private void change() throws StorageException {
            if (changesLeft-- <= 0) {
                throw new StorageException(Reason.UNAVAILABLE, "change", "zone", "killed");
            }
        }

        @Override
        public void createCollection(StoragePath path) throws StorageException {
            change();
            super.createCollection(path);
        }

        @Override
        public org.omerods.storage.AvuStore avus() {
            try {
                change();
            } catch (StorageException e) {
                throw new Killed(e);
            }
            return super.avus();
        }

        @Override
        public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
            change();
            if (changesLeft <= 0) {
                // killed in the middle: half of it is there
                super.put(path, mode, Content.of(new byte[(int) (content.size() / 2)]));
            }
            change();
            DataObject object = super.put(path, mode, content);
            show(object);
            return object;
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed(Throwable cause) {
            super(cause);
        }
    }

    private void show(DataObject object) throws StorageException {
        try (ObjectReader reader = memory.open(object)) {
            ByteBuffer content = ByteBuffer.allocate((int) object.size());
            reader.read(0, content, ObjectReader.Priority.DEMAND);
            Path shown = place.mount().local(object.path()).orElseThrow();
            Files.createDirectories(shown.getParent());
            Files.write(shown, content.array());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Promoter promoter(Storage storage) {
        return new Promoter(place, storage, () -> Instant.parse("2026-11-20T12:00:00Z"), Duration.ofMillis(300));
    }

    private LocalFile file() {
        return new LocalFile(7, NAME, bytes.length, "lab", Instant.EPOCH);
    }

    private Promotion promote() throws InterruptedException {
        return promoter(new MountedStorage(1_000)).promote(file(), false);
    }

    @Test
    void aFileMovesAndItsReadersReadOn() throws Exception {
        try (InputStream open = Files.newInputStream(local)) {
            assertThat(promote()).isEqualTo(new Promotion.Moved(NAME, bytes.length));
            assertThat(Files.readSymbolicLink(local)).isEqualTo(mounted.resolve("omero/" + NAME));
            assertThat(open.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
        assertThat(memory.avus().list(OBJECT))
                .containsExactly(new Avu("omero::promoted", NAME, "2026-11-20T12:00:00Z"));
        assertThat(promote()).isEqualTo(new Promotion.Left(NAME, "is a link already"));
        try (var files = Files.list(local.getParent())) {
            assertThat(files).containsExactly(local);
        }
    }

    @Test
    void aDryRunTellsAndChangesNothing() throws Exception {
        assertThat(promoter(memory).promote(file(), true)).isEqualTo(new Promotion.WouldMove(NAME, bytes.length));
        assertThat(Files.isSymbolicLink(local)).isFalse();
        assertThat(memory.list(StoragePath.of("/zone")).entries()).isEmpty();
    }

    /** Whatever step dies: the bytes can be read at OMERO's path, before and after, and the next run finishes. */
    @Test
    void aKillAtAnyStepLosesNothingAndTheNextRunFinishes() throws Exception {
        int steps = 0;
        while (!diesAfter(steps)) {
            steps++;
            Promotion last = promote();
            assertThat(last).as("after %d steps", steps).isEqualTo(new Promotion.Moved(NAME, bytes.length));
            assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
            startAgain();
        }
        assertThat(steps).isGreaterThan(6);
    }

    /** @return whether the file was moved before that many changes were through */
    private boolean diesAfter(int changes) throws Exception {
        boolean moved = false;
        try {
            moved = promoter(new MountedStorage(changes)).promote(file(), false) instanceof Promotion.Moved;
        } catch (Killed e) {
            assertThat(e.getCause()).hasMessageContaining("killed");
        }
        assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
        assertThat(Files.isSymbolicLink(local)).isEqualTo(moved);
        return moved;
    }

    private void startAgain() throws Exception {
        Files.delete(local);
        Files.write(local, bytes);
        Files.delete(mounted.resolve("omero/" + NAME));
        memory.deleteObject(OBJECT);
        for (StoragePath path = OBJECT.parent(); !path.equals(StoragePath.of("/zone")); path = path.parent()) {
            memory.deleteCollection(path);
        }
    }

    @Test
    void anotherObjectOfThatNameIsNeverOverwritten() throws Exception {
        for (StoragePath path = OBJECT.parent(); !path.equals(StoragePath.of("/zone")); path = path.parent()) {
            create(path);
        }
        memory.put(OBJECT, Storage.WriteMode.CREATE, Content.of(new byte[] {1, 2, 3}));
        assertThat(((Promotion.Failed) promote()).reason()).contains("is something else already");
        assertThat(((DataObject) memory.stat(OBJECT)).size()).isEqualTo(3);
        assertThat(Files.isSymbolicLink(local)).isFalse();
    }

    private void create(StoragePath collection) throws StorageException {
        List<StoragePath> missing = new ArrayList<>();
        for (StoragePath path = collection; !path.equals(StoragePath.of("/zone")); path = path.parent()) {
            missing.addFirst(path);
        }
        for (StoragePath path : missing) {
            try {
                memory.createCollection(path);
            } catch (StorageException e) {
                assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS);
            }
        }
    }

    @Test
    void aCopyThatDoesNotAppearThroughTheMountLeavesTheFile() throws Exception {
        Promotion.Failed failed = (Promotion.Failed) promoter(memory).promote(file(), false);
        assertThat(failed.reason()).contains("does not appear as " + mounted);
        assertThat(Files.isSymbolicLink(local)).isFalse();
        show((DataObject) memory.stat(OBJECT));
        assertThat(promote()).isEqualTo(new Promotion.Moved(NAME, bytes.length));
    }

    @Test
    void aCopyWithOtherBytesLeavesTheFile() throws Exception {
        Storage wrong = new ForwardingStorage(memory) {
            @Override
            public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
                byte[] damaged = new byte[(int) content.size()];
                DataObject object = super.put(path, mode, Content.of(damaged));
                show(object);
                return object;
            }
        };
        assertThat(((Promotion.Failed) promoter(wrong).promote(file(), false)).reason())
                .contains("has other bytes");
        assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
        assertThat(promote()).isEqualTo(new Promotion.Moved(NAME, bytes.length));
    }

    @Test
    void aFileThatChangesWhileItIsCopiedStays() throws Exception {
        Storage meddling = new MountedStorage(1_000) {
            @Override
            public org.omerods.storage.Entry stat(StoragePath path) throws StorageException {
                if (path.equals(OBJECT) && Files.exists(mounted.resolve("omero/" + NAME))) {
                    try {
                        Files.setLastModifiedTime(local, java.nio.file.attribute.FileTime.from(Instant.EPOCH));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
                return super.stat(path);
            }
        };
        assertThat(((Promotion.Failed) promoter(meddling).promote(file(), false)).reason())
                .contains("was changed");
        assertThat(Files.isSymbolicLink(local)).isFalse();
    }

    @Test
    void whatOmeroAndTheDiskDisagreeAboutIsLeftAlone() throws Exception {
        Promotion other = promoter(memory).promote(new LocalFile(7, NAME, 5, "lab", Instant.EPOCH), false);
        assertThat(((Promotion.Failed) other).reason()).contains("OMERO knows 5");
        Promotion gone = promoter(memory).promote(new LocalFile(8, "no/such", 5, "lab", Instant.EPOCH), false);
        assertThat(gone).isEqualTo(new Promotion.Left("no/such", "is not there (any more)"));
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> new LocalFile(9, "a/../../etc", 1, "lab", Instant.EPOCH)))
                .isNotNull();
    }

    @Test
    void aRecallMakesALocalFileAgainAndKeepsTheObject() throws Exception {
        promote();
        Recall recall = new Recall(place, memory);
        assertThat(recall.recall(NAME)).isEqualTo(bytes.length);
        assertThat(Files.isSymbolicLink(local)).isFalse();
        assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
        assertThat(memory.avus().list(OBJECT)).isEmpty();
        assertThat(catchThrowableOfType(IOException.class, () -> recall.recall(NAME)))
                .hasMessageContaining("is no link");
        assertThat(promote()).isEqualTo(new Promotion.Moved(NAME, bytes.length));
    }

    @Test
    void aRecallThatFailsKeepsTheLink() throws Exception {
        promote();
        Storage broken = new ForwardingStorage(memory) {
            @Override
            public ObjectReader open(DataObject object) throws StorageException {
                throw new StorageException(
                        Reason.UNAVAILABLE, "open", object.path().value(), "is away");
            }
        };
        assertThat(catchThrowableOfType(StorageException.class, () -> new Recall(place, broken).recall(NAME)))
                .isNotNull();
        assertThat(Files.readAllBytes(local)).isEqualTo(bytes);
        try (var files = Files.list(local.getParent())) {
            assertThat(files).containsExactly(local);
        }
    }
}
