package org.omerods.omero.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.annotate.AnnotationPass.Summary;
import org.omerods.omero.remote.WebConfig;
import org.omerods.omero.remote.WebSession;
import org.omerods.omero.standin.OmeroWebStandIn;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.memory.MemoryStorage;

final class AnnotationPassTest {
    private static final String NS = ImageRows.AVU_NAMESPACE;
    private static final Avu TISSUE = new Avu("tissue", "liver", "");

    private final Storage storage = new MemoryStorage(() -> Instant.EPOCH);
    private OmeroWebStandIn web;
    private WebSession session;
    private AnnotationPass pass;

    @BeforeEach
    void start() throws Exception {
        web = new OmeroWebStandIn()
                .user(2, "service", "pw", 4L, 5L)
                .image(1, 4)
                .image(2, 4)
                .image(3, 5);
        session = new WebSession(new WebConfig(web.base(), "service", Secret.of("pw"), 1, Duration.ofSeconds(10)));
        pass = new AnnotationPass(
                storage,
                PresentAnnotations.UNKNOWN,
                new AnnotationKeeper(new WebAnnotations(session)),
                new ImageRows(AvuSelection.all(), "irods:1247"),
                "omero::",
                "db-uuid");
        storage.createCollection(StoragePath.of("/z"));
    }

    @AfterEach
    void end() {
        session.close();
        web.close();
    }

    private StoragePath object(String name, long... images) throws Exception {
        StoragePath path = StoragePath.of("/z/" + name);
        try (ObjectWriter writer = storage.write(path, Storage.WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[1]));
            var _ = writer.commit();
        }
        for (long image : images) {
            add(path, new Avu("omero::image", "urn:lsid:export.openmicroscopy.org:Image:db-uuid_" + image, "0"));
        }
        return path;
    }

    private void add(StoragePath path, Avu avu) throws Exception {
        storage.avus().apply(path, List.of(new Operation.Add(avu)));
    }

    private void remove(StoragePath path, Avu avu) throws Exception {
        storage.avus().apply(path, List.of(new Operation.Remove(avu)));
    }

    @Test
    void triplesOfAnObjectAppearInOmeroAndEditsAndDeletionsFollow() throws Exception {
        StoragePath path = object("a.ndpi", 1);
        add(path, TISSUE);
        assertThat(pass.run(false)).isEqualTo(new Summary(1, 1, 2, 0));
        assertThat(web.rows(1, NS).values()).containsExactly(List.of("tissue=liver"));
        assertThat(web.rows(1, ImageRows.LOCATION_NAMESPACE).values().iterator().next())
                .contains("path=/z/a.ndpi", "uri=irods://irods:1247/z/a.ndpi");
        remove(path, TISSUE);
        add(path, new Avu("tissue", "kidney", ""));
        assertThat(pass.run(false)).isEqualTo(new Summary(1, 1, 1, 0));
        assertThat(web.rows(1, NS).values()).containsExactly(List.of("tissue=kidney"));
        remove(path, new Avu("tissue", "kidney", ""));
        pass.run(false);
        assertThat(web.rows(1, NS)).isEmpty();
    }

    @Test
    void aPassInWhichNothingChangedAsksOmeroNothing() throws Exception {
        add(object("a.ndpi", 1, 2), TISSUE);
        pass.run(false);
        int calls = web.calls().size();
        assertThat(pass.run(false)).isEqualTo(new Summary(2, 0, 0, 0));
        assertThat(web.calls()).hasSize(calls);
    }

    @Test
    void whatTheMirrorWritesIsNotCarriedBackToOmero() throws Exception {
        StoragePath path = object("a.ndpi", 1);
        add(path, TISSUE);
        pass.run(false);
        add(path, new Avu("omero::tag", "tumour", "urn:lsid:x:Annotation:db-uuid_9"));
        add(path, new Avu("omero::map::tissue", "liver", "urn:lsid:x:Annotation:db-uuid_10"));
        assertThat(pass.run(true).changed()).isZero();
        assertThat(web.rows(1, NS).values()).containsExactly(List.of("tissue=liver"));
    }

    @Test
    void aFullPassPutsEditsMadeInOmeroBack() throws Exception {
        add(object("a.ndpi", 1), TISSUE);
        pass.run(false);
        web.edit(web.rows(1, NS).keySet().iterator().next(), List.of(List.of("tissue", "by hand")));
        assertThat(pass.run(false).changed()).isZero();
        assertThat(pass.run(true).changed()).isEqualTo(1);
        assertThat(web.rows(1, NS).values()).containsExactly(List.of("tissue=liver"));
    }

    @Test
    void imagesOfAnotherServerInTheSameZoneAreLeftAlone() throws Exception {
        StoragePath path = object("a.ndpi");
        add(path, TISSUE);
        add(path, new Avu("omero::image", "urn:lsid:export.openmicroscopy.org:Image:another-uuid_1", "0"));
        assertThat(pass.run(false)).isEqualTo(new Summary(0, 0, 0, 0));
        assertThat(web.rows(1, NS)).isEmpty();
    }

    @Test
    void anImageThatOmeroRefusesDoesNotKeepTheOthersBack() throws Exception {
        add(object("a.ndpi", 999), TISSUE);
        StoragePath other = object("b.ndpi", 3);
        add(other, TISSUE);
        add(other, new Avu("omero::group", "lab", "5"));
        assertThat(pass.run(false)).isEqualTo(new Summary(2, 2, 2, 1));
        web.image(999, 4);
        assertThat(pass.run(false)).isEqualTo(new Summary(2, 1, 2, 0));
    }

    @Test
    void aFilesetOfSeveralObjectsIsOneAnnotationPerImage() throws Exception {
        add(object("a.tiff", 1, 2), TISSUE);
        add(object("b.tiff", 1, 2), new Avu("stain", "H&E", ""));
        pass.run(false);
        for (long image : List.of(1L, 2L)) {
            assertThat(web.rows(image, NS).values()).containsExactly(List.of("stain=H&E", "tissue=liver"));
            assertThat(web.rows(image, ImageRows.LOCATION_NAMESPACE)
                            .values()
                            .iterator()
                            .next())
                    .contains("path=/z/a.tiff", "path=/z/b.tiff");
        }
    }

    @Test
    void whatIsNoLongerMarkedInIrodsLosesItsAnnotations() throws Exception {
        StoragePath path = object("a.ndpi", 1);
        add(path, TISSUE);
        pass.run(false);
        storage.deleteObject(path);
        pass.run(false);
        assertThat(web.rows(1, NS)).isEmpty();
        assertThat(web.rows(1, ImageRows.LOCATION_NAMESPACE)).isEmpty();
    }

    @Test
    void whatTheDatabaseShowsAsWantedCostsNoCall() throws Exception {
        StoragePath path = object("a.ndpi", 1);
        add(path, TISSUE);
        ImageRows rows = new ImageRows(AvuSelection.all(), "irods:1247");
        SourceObject source =
                new SourceObject((DataObject) storage.stat(path), storage.avus().list(path));
        pass.run(false);
        int calls = web.calls().size();
        PresentAnnotations database = (images, namespace) -> Optional.of(Map.of(
                1L,
                List.of(new StoredAnnotation(
                        web.rows(1, namespace).keySet().iterator().next(),
                        namespace.equals(NS) ? rows.avus(List.of(source)) : rows.location(List.of(source))))));
        AnnotationPass restarted = new AnnotationPass(
                storage, database, new AnnotationKeeper(new WebAnnotations(session)), rows, "omero::", "db-uuid");
        assertThat(restarted.run(true)).isEqualTo(new Summary(1, 1, 0, 0));
        assertThat(web.calls()).hasSize(calls);
        add(path, new Avu("stain", "H&E", ""));
        assertThat(restarted.run(false).changed()).isEqualTo(1);
        assertThat(web.calls()).hasSize(calls + 2); // the change, and reading it back
        assertThat(web.rows(1, NS).values()).containsExactly(List.of("stain=H&E", "tissue=liver"));
    }
}
