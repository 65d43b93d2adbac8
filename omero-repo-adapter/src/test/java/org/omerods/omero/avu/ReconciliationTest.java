package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.avu.Reconciliation.Depth;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

/** What a comparison by digests sees, and what only one of all triples sees. */
class ReconciliationTest {
    private static final StoragePath SLIDE = StoragePath.of("/tempZone/slide.ndpi");

    private final MemoryStorage storage = new MemoryStorage();
    private SyntheticServer server;
    private OmeroDatabase database;
    private Reconciliation reconciliation;
    private Imported imported;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        database = server.database().openAsReader();
        storage.createCollection(SLIDE.parent());
        storage.write(SLIDE, Storage.WriteMode.CREATE).commit();
        imported = server.imports("irods/tempZone/slide.ndpi");
        Mapper mapper = new Mapper(server.identity(), MirrorPolicy.DEFAULT);
        ManagedFiles files =
                new ManagedFiles(Optional.empty(), List.of(new ManagedFiles.Mount("/irods/tempZone", SLIDE.parent())));
        Mirror mirror = new Mirror(database, mapper, files, storage.avus());
        reconciliation = new Reconciliation(database, mirror, storage.avus(), StoragePath.ROOT);
        assertThat(compare(Depth.TRIPLES)).isEqualTo(1);
    }

    @AfterEach
    void end() throws SQLException {
        database.close();
        server.close();
    }

    /** Returns how many objects differed. */
    private long compare(Depth depth) throws SQLException, StorageException {
        return reconciliation
                .run(id -> true, depth, new Reconciliation.Listener() {
                    @Override
                    public void read(long filesets) {}

                    @Override
                    public void changed(MirrorResult result, long done, long all) {}
                })
                .different();
    }

    private Avu triple(String attribute) throws StorageException {
        return storage.avus().list(SLIDE).stream()
                .filter(avu -> avu.attribute().equals("omero::" + attribute))
                .findAny()
                .orElseThrow();
    }

    private void removes(Avu avu) throws StorageException {
        storage.avus().apply(SLIDE, List.of(new Operation.Remove(avu)));
    }

    @Test
    void anUnchangedObjectIsRightEitherWay() throws Exception {
        assertThat(compare(Depth.DIGESTS)).isZero();
        assertThat(compare(Depth.TRIPLES)).isZero();
    }

    @Test
    void aTripleRemovedByHandIsFoundByComparingEveryTriple() throws Exception {
        Avu owner = triple("owner");
        removes(owner);
        assertThat(compare(Depth.DIGESTS)).isZero();
        assertThat(compare(Depth.TRIPLES)).isEqualTo(1);
        assertThat(triple("owner")).isEqualTo(owner);
    }

    @Test
    void aChangeInOmeroIsFoundByTheDigest() throws Exception {
        server.executes("update experimenter set omename = 'alys' where id = ?", SyntheticServer.ALICE);
        assertThat(compare(Depth.DIGESTS)).isEqualTo(1);
        assertThat(triple("owner").value()).isEqualTo("alys");
        assertThat(compare(Depth.TRIPLES)).isZero();
    }

    @Test
    void anObjectWithoutDigestGetsOne() throws Exception {
        Avu digest = triple("digest");
        removes(digest);
        assertThat(compare(Depth.DIGESTS)).isEqualTo(1);
        assertThat(triple("digest")).isEqualTo(digest);
    }

    @Test
    void whatADeletedFilesetLeftIsFoundByItsDigest() throws Exception {
        server.deletes(imported);
        assertThat(compare(Depth.DIGESTS)).isEqualTo(1);
        assertThat(storage.avus().list(SLIDE)).isEmpty();
    }

    @Test
    void anObjectOfTwoFilesetsHasOneDigestOfBoth() throws Exception {
        Avu before = triple("digest");
        server.imports("irods/tempZone/slide.ndpi");
        assertThat(compare(Depth.DIGESTS)).isEqualTo(1);
        assertThat(compare(Depth.DIGESTS)).isZero();
        assertThat(compare(Depth.TRIPLES)).isZero();
        Set<Avu> all = Set.copyOf(storage.avus().list(SLIDE));
        assertThat(all)
                .filteredOn(avu -> avu.attribute().equals("omero::digest"))
                .hasSize(1);
        assertThat(all).doesNotContain(before);
    }
}
