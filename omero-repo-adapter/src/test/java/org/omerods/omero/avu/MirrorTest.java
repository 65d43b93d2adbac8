package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.testing.FaultyAvus;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

/** A batch of filesets: what is written, what is left alone, what is told of it. */
class MirrorTest {
    private static final StoragePath SLIDE = StoragePath.of("/tempZone/slide.ndpi");
    private static final StoragePath ELSEWHERE = StoragePath.of("/tempZone/archive.ndpi");

    private final MemoryStorage storage = new MemoryStorage();
    private final FaultyAvus avus = new FaultyAvus(storage.avus());
    private Optional<StoragePath> place = Optional.of(SLIDE);
    private SyntheticServer server;
    private OmeroDatabase database;
    private Mirror mirror;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        database = server.database().openAsReader();
        storage.createCollection(SLIDE.parent());
        storage.write(SLIDE, Storage.WriteMode.CREATE).commit();
        storage.write(ELSEWHERE, Storage.WriteMode.CREATE).commit();
        Mapper mapper = new Mapper(server.identity(), MirrorPolicy.DEFAULT);
        mirror = new Mirror(database, mapper, file -> place, avus);
    }

    @AfterEach
    void end() throws SQLException {
        database.close();
        server.close();
    }

    private Set<Avu> on(StoragePath path) throws StorageException {
        return new HashSet<>(storage.avus().list(path));
    }

    private Set<Avu> withFileset(StoragePath path, Imported imported) throws StorageException {
        Set<Avu> found = on(path);
        found.removeIf(avu -> !avu.value().equals(mirror.mapper().filesetLsid(imported.fileset())));
        return found;
    }

    @Test
    void whatWasWrittenIsToldAndIsNotWrittenAgain() throws Exception {
        Imported imported = server.imports("x");
        MirrorResult first = mirror.mirror(Set.of(imported.fileset()));
        Set<Avu> written = on(SLIDE);
        assertThat(first).isEqualTo(new MirrorResult(1, 1, written.size(), 0, 0, 0, Set.of()));
        assertThat(withFileset(SLIDE, imported)).hasSize(1);
        assertThat(mirror.mirror(Set.of(imported.fileset()))).isEqualTo(new MirrorResult(1, 0, 0, 0, 0, 0, Set.of()));
        assertThat(on(SLIDE)).isEqualTo(written);
    }

    @Test
    void aFileThatLiesElsewhereNowTakesItsTriplesAlong() throws Exception {
        Imported imported = server.imports("x");
        mirror.mirror(Set.of(imported.fileset()));
        Set<Avu> written = on(SLIDE);
        place = Optional.of(ELSEWHERE);
        MirrorResult result = mirror.mirror(Set.of(imported.fileset()));
        assertThat(result.changed()).isEqualTo(2);
        assertThat(result.added()).isEqualTo(result.removed()).isEqualTo(written.size());
        assertThat(on(SLIDE)).isEmpty();
        assertThat(on(ELSEWHERE)).isEqualTo(written);
    }

    @Test
    void aFilesetThatIsGoneLeavesOnlyWhatOthersWrote() throws Exception {
        Imported imported = server.imports("x");
        Avu users = new Avu("stain", "HE", "");
        Avu otherServers =
                new Avu("omero::image", "urn:lsid:other.org:Image:11111111-2222-4333-8444-555555555555_1", "0");
        storage.avus().apply(SLIDE, List.of(new Operation.Add(users), new Operation.Add(otherServers)));
        mirror.mirror(Set.of(imported.fileset()));
        server.deletes(imported);
        MirrorResult result = mirror.mirror(Set.of(imported.fileset()));
        assertThat(result.removed()).isPositive();
        assertThat(on(SLIDE)).containsExactlyInAnyOrder(users, otherServers);
    }

    @Test
    void anObjectOfTwoFilesetsKeepsTheTriplesOfTheOtherOne() throws Exception {
        Imported one = server.imports("x");
        Imported two = server.imports("x");
        mirror.mirror(Set.of(one.fileset(), two.fileset()));
        Set<Avu> both = on(SLIDE);
        assertThat(mirror.mirror(Set.of(one.fileset())).changed()).isZero();
        assertThat(on(SLIDE)).isEqualTo(both);
        server.deletes(one);
        mirror.mirror(Set.of(one.fileset()));
        assertThat(withFileset(SLIDE, one)).isEmpty();
        assertThat(withFileset(SLIDE, two)).hasSize(1);
        assertThat(mirror.filesetsOf(on(SLIDE))).containsExactly(two.fileset());
    }

    @Test
    void anImportThatHasNotEndedIsToldAndShowsNothing() throws Exception {
        Imported started =
                server.startsImport(SyntheticServer.ALICE, SyntheticServer.LAB, List.of(server.source("x")), 1);
        MirrorResult result = mirror.mirror(Set.of(started.fileset()));
        assertThat(result.pending()).containsExactly(started.fileset());
        assertThat(result.changed()).isZero();
        assertThat(on(SLIDE)).isEmpty();
    }

    @Test
    void anObjectThatIsNotThereIsCountedAndTheOthersAreWritten() throws Exception {
        Imported missing = server.imports("x");
        Imported there = server.imports("x");
        Mirror both = new Mirror(
                database,
                mirror.mapper(),
                file -> Optional.of(
                        file.id() == there.files().getFirst() ? SLIDE : StoragePath.of("/tempZone/gone.ndpi")),
                avus);
        MirrorResult result = both.mirror(Set.of(missing.fileset(), there.fileset()));
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(withFileset(SLIDE, there)).hasSize(1);
    }

    @Test
    void aFileThatDoesNotLieInIrodsShowsNothing() throws Exception {
        Imported imported = server.imports("x");
        place = Optional.empty();
        assertThat(mirror.mirror(Set.of(imported.fileset()))).isEqualTo(new MirrorResult(0, 0, 0, 0, 0, 0, Set.of()));
    }

    @Test
    void aBatchThatIsCutOffAnywhereIsRepeatedToTheSameEnd() throws Exception {
        Imported imported = server.imports("x");
        int cuts = 0;
        for (int calls = 0; ; calls++) {
            avus.failAfter(calls);
            try {
                mirror.mirror(Set.of(imported.fileset()));
                break;
            } catch (StorageException e) {
                assertThat(e.reason()).isEqualTo(StorageException.Reason.UNAVAILABLE);
                cuts++;
            }
        }
        assertThat(cuts).isGreaterThan(1);
        avus.heal();
        assertThat(mirror.mirror(Set.of(imported.fileset())).changed()).isZero();
        assertThat(withFileset(SLIDE, imported)).hasSize(1);
    }

    @Test
    void withoutDatabaseNothingIsTouched() throws Exception {
        Imported imported = server.imports("x");
        mirror.mirror(Set.of(imported.fileset()));
        Set<Avu> written = on(SLIDE);
        server.database().allowReaders(false);
        assertThatThrownBy(() -> mirror.mirror(Set.of(imported.fileset()))).isInstanceOf(SQLException.class);
        assertThat(on(SLIDE)).isEqualTo(written);
    }
}
