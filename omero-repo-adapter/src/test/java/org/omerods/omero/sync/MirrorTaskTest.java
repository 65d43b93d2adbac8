package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.mapping.GroupPolicy;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.SyntheticServer.Imported;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

/** What users of OMERO do, and what they then find in iRODS. */
class MirrorTaskTest {
    private static final String LSID = "urn:lsid:export.openmicroscopy.org:";
    private static final String UUID = SyntheticServer.DATABASE_UUID;

    private final MemoryStorage storage = new MemoryStorage();
    private SyntheticServer server;
    private Rig rig;
    private StoragePath slide;

    @BeforeEach
    void start() throws Exception {
        server = SyntheticServer.start();
        Rig.collections(storage, Rig.HOME);
        slide = Rig.object(storage, "/tempZone/home/lab/slide.ndpi");
        rig = rig(Rig.policy());
    }

    @AfterEach
    void end() throws SQLException {
        rig.close();
        server.close();
    }

    private Rig rig(MirrorPolicy policy) {
        return new Rig(server.database(), storage.avus(), policy, Optional.empty());
    }

    private Set<String> found() throws StorageException {
        return Rig.mirrored(storage.avus());
    }

    private Set<String> values(String attribute) throws StorageException {
        Set<String> values = new TreeSet<>();
        for (Avu avu : storage.avus().list(slide)) {
            if (avu.attribute().equals("omero::" + attribute)) {
                values.add(avu.value() + " | " + avu.units());
            }
        }
        return values;
    }

    private Imported importsSlide() throws SQLException {
        return server.imports("irods/tempZone/home/lab/slide.ndpi");
    }

    @Test
    void anImportedObjectTellsWhatItIsInOmero() throws Exception {
        rig.pass();
        assertThat(found()).isEmpty();
        Imported imported = importsSlide();
        long dataset = server.container("dataset", "D 1");
        long project = server.container("project", "P 1");
        server.links("projectdatasetlink", project, dataset);
        server.links("datasetimagelink", dataset, imported.image());
        rig.pass();
        String image = LSID + "Image:" + UUID + "_" + imported.image();
        assertThat(values("server")).containsExactly("https://omero.example.org | " + UUID);
        assertThat(values("fileset")).containsExactly(LSID + "Fileset:" + UUID + "_" + imported.fileset() + " | 0/1");
        assertThat(values("originalfile").iterator().next())
                .startsWith(LSID + "OriginalFile:" + UUID + "_"
                        + imported.files().getFirst() + " | " + SyntheticServer.REPOSITORY_UUID + ":alice_2/")
                .endsWith("/slide.ndpi");
        assertThat(values("image")).containsExactly(image + " | 0");
        assertThat(values("image::uuid"))
                .hasSize(1)
                .allMatch(text -> text.matches("[0-9a-f-]{14}5[0-9a-f-]{21} \\| " + image));
        assertThat(values("image::url"))
                .containsExactly("https://omero.example.org/webclient/?show=image-" + imported.image() + " | " + image);
        assertThat(values("dataset")).containsExactly(LSID + "Dataset:" + UUID + "_" + dataset + " | D 1");
        assertThat(values("project")).containsExactly(LSID + "Project:" + UUID + "_" + project + " | P 1");
        assertThat(values("owner")).containsExactly("alice | 2");
        assertThat(values("group")).containsExactly("lab | 3");
        assertThat(found()).hasSize(10);
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() throws Exception {
        importsSlide();
        rig.pass();
        long written = rig.status.count("mirror.triples-added");
        assertThat(written).isEqualTo(9);
        rig.tasks().task().requestReconciliation();
        rig.close();
        rig = rig(Rig.policy());
        rig.pass();
        rig.pass();
        assertThat(rig.status.count("mirror.objects-changed")).isZero();
        assertThat(found()).hasSize(8);
    }

    @Test
    void aDeletedFilesetTakesItsTriplesAlongAndLeavesOthers() throws Exception {
        Imported imported = importsSlide();
        rig.pass();
        Avu theirs = new Avu("omero::import", "done", "2026-11-20T12:00:00Z");
        Avu foreign = new Avu("stain", "H&E", "");
        rig.add(slide, theirs, foreign);
        server.deletes(imported);
        rig.pass();
        assertThat(storage.avus().list(slide)).containsExactlyInAnyOrder(theirs, foreign);
    }

    @Test
    void twoFilesetsOnOneObjectBothHaveTheirSay() throws Exception {
        Imported first = importsSlide();
        rig.pass();
        Imported second = server.imports(
                SyntheticServer.BOB,
                SyntheticServer.LAB,
                List.of(server.source("irods/tempZone/home/lab/slide.ndpi")),
                2);
        rig.pass();
        assertThat(values("image")).hasSize(3);
        assertThat(values("owner")).containsExactly("alice | 2", "bob | 3");
        server.deletes(second);
        rig.pass();
        assertThat(values("owner")).containsExactly("alice | 2");
        assertThat(values("image")).hasSize(1);
        server.deletes(first);
        rig.pass();
        assertThat(found()).isEmpty();
    }

    @Test
    void anImportThatHasNotEndedShowsNothing() throws Exception {
        rig.pass();
        Imported imported = server.startsImport(
                SyntheticServer.ALICE,
                SyntheticServer.LAB,
                List.of(server.source("irods/tempZone/home/lab/slide.ndpi")),
                2);
        rig.pass();
        assertThat(found()).isEmpty();
        assertThat(rig.status.level("mirror.pending-imports")).isEqualTo(1);
        server.setsPixelsPath(imported); // without a word
        Awaitility.await().untilAsserted(() -> {
            rig.pass();
            assertThat(values("image")).hasSize(2);
        });
        assertThat(rig.status.level("mirror.pending-imports")).isZero();
    }

    @Test
    void annotationsFollowTheirEditsAndEnds() throws Exception {
        Imported imported = importsSlide();
        rig.pass();
        long tag = server.textAnnotation("/basic/text/tag/", null, "kidney");
        long tagLink = server.links("imageannotationlink", imported.image(), tag);
        long comment = server.textAnnotation("/basic/text/comment/", null, "what a slide");
        server.links("filesetannotationlink", imported.fileset(), comment);
        long rating = server.longAnnotation("openmicroscopy.org/omero/insight/rating", 4);
        server.links("imageannotationlink", imported.image(), rating);
        long number = server.longAnnotation("other", 17);
        server.links("imageannotationlink", imported.image(), number);
        long file = server.fileAnnotation("report.pdf");
        server.links("imageannotationlink", imported.image(), file);
        long map = server.mapAnnotation("lab/ns", "stain", "H&E", "stain", "PAS", "dose", "");
        server.links("imageannotationlink", imported.image(), map);
        long roi = server.roi(imported.image());
        rig.pass();
        String begin = LSID + "Annotation:" + UUID + "_";
        assertThat(values("tag")).containsExactly("kidney | " + begin + tag);
        assertThat(values("comment")).containsExactly("what a slide | " + begin + comment);
        assertThat(values("rating")).containsExactly("4 | " + begin + rating);
        assertThat(values("file")).containsExactly("report.pdf | " + begin + file);
        assertThat(values("map::ns")).containsExactly("lab/ns | " + begin + map);
        assertThat(values("map::stain")).containsExactly("H&E | " + begin + map, "PAS | " + begin + map);
        assertThat(values("map::dose")).containsExactly("(empty) | " + begin + map);
        assertThat(values("roi::count")).hasSize(1).allMatch(text -> text.startsWith("1 | "));

        server.setsValues(map, "stain", "PAS"); // not in the event log
        server.renamesTag(tag, "left kidney");
        server.removesRoi(roi);
        rig.pass();
        assertThat(values("map::stain")).containsExactly("PAS | " + begin + map);
        assertThat(values("map::dose")).isEmpty();
        assertThat(values("tag")).containsExactly("left kidney | " + begin + tag);
        assertThat(values("roi::count")).isEmpty();

        server.unlinks("imageannotationlink", tagLink); // the event log tells the number of the link only
        rig.pass();
        assertThat(values("tag")).isEmpty();
        assertThat(rig.status.count("mirror.unknown-links")).isZero();
    }

    @Test
    void aLinkRemovedWhileNobodyLookedIsFoundByComparingEverything() throws Exception {
        Imported imported = importsSlide();
        long dataset = server.container("dataset", "D");
        long link = server.links("datasetimagelink", dataset, imported.image());
        rig.pass();
        assertThat(values("dataset")).hasSize(1);
        rig.close();
        server.unlinks("datasetimagelink", link);
        rig = rig(Rig.policy());
        rig.pass();
        assertThat(rig.status.count("mirror.unknown-links")).isEqualTo(1);
        rig.pass();
        assertThat(values("dataset")).isEmpty();
    }

    @Test
    void renamedContainersShowTheirNewNames() throws Exception {
        Imported imported = importsSlide();
        long screen = server.container("screen", "S");
        long plate = server.container("plate", "P");
        server.links("screenplatelink", screen, plate);
        server.fillsWell(plate, imported.image());
        rig.pass();
        assertThat(values("plate")).hasSize(1).allMatch(text -> text.endsWith(" | P"));
        assertThat(values("screen")).hasSize(1).allMatch(text -> text.endsWith(" | S"));
        server.renames("plate", plate, "P 2");
        server.renames("screen", screen, "S 2");
        rig.pass();
        assertThat(values("plate")).hasSize(1).allMatch(text -> text.endsWith(" | P 2"));
        assertThat(values("screen")).hasSize(1).allMatch(text -> text.endsWith(" | S 2"));
    }

    @Test
    void privateGroupsAreNotShownUnlessAllowed() throws Exception {
        Imported imported = importsSlide();
        rig.pass();
        assertThat(found()).isNotEmpty();
        server.changesGroup(imported, SyntheticServer.PRIVATE);
        rig.pass();
        assertThat(found()).isEmpty();
        server.changesPermissions(SyntheticServer.PRIVATE, -56);
        rig.pass();
        assertThat(values("group")).containsExactly("secret lab | 4");
        server.changesPermissions(SyntheticServer.PRIVATE, -120);
        rig.pass();
        assertThat(found()).isEmpty();
        rig.close();
        rig = rig(Rig.policy().withGroups(GroupPolicy.parse("secret lab")));
        rig.tasks().requestReconciliation();
        rig.pass();
        assertThat(values("group")).containsExactly("secret lab | 4");
    }

    @Test
    void whatTheCompanionWroteIntoOmeroDoesNotComeBack() throws Exception {
        Imported imported = importsSlide();
        long own = server.mapAnnotation("irods.org/omero/avu", "stain", "H&E");
        server.links("imageannotationlink", imported.image(), own);
        long location = server.mapAnnotation("irods.org/omero/location", "path", "/tempZone/home/lab/slide.ndpi");
        server.links("filesetannotationlink", imported.fileset(), location);
        rig.pass();
        assertThat(found()).hasSize(8).noneMatch(line -> line.contains("omero::map"));
    }

    @Test
    void triplesOfAnotherServerOnTheSameObjectStay() throws Exception {
        String other = "11111111-2222-4333-8444-555555555555";
        Avu[] theirs = {
            new Avu("omero::server", "https://other.example.org", other),
            new Avu("omero::image", LSID + "Image:" + other + "_7", "0"),
            new Avu("omero::owner", "carol", "9"),
        };
        rig.add(slide, theirs);
        Imported imported = importsSlide();
        rig.pass();
        assertThat(values("image")).hasSize(2);
        server.deletes(imported);
        rig.pass();
        assertThat(storage.avus().list(slide)).contains(theirs);
        assertThat(values("image")).hasSize(1);
    }

    @Test
    void whatOthersSpoiledIsRepairedByComparingEverything() throws Exception {
        importsSlide();
        rig.pass();
        Set<String> right = found();
        for (Avu avu : storage.avus().list(slide)) {
            if (avu.attribute().equals("omero::fileset") || avu.attribute().equals("omero::image")) {
                storage.avus().apply(slide, List.of(new Operation.Remove(avu)));
            }
        }
        StoragePath copy = Rig.object(storage, "/tempZone/home/lab/copy.ndpi");
        rig.add(copy, new Avu("omero::image", LSID + "Image:" + UUID + "_1", "0"));
        rig.close();
        rig = rig(Rig.policy());
        rig.tasks().requestReconciliation();
        rig.pass();
        assertThat(found()).isEqualTo(right);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForAndNothingIsLost() throws Exception {
        rig.pass();
        server.database().allowReaders(false);
        importsSlide();
        assertThatThrownBy(rig::pass).isInstanceOf(SQLException.class);
        server.database().allowReaders(true);
        rig.pass();
        assertThat(found()).hasSize(8);
    }

    @Test
    void anObjectThatIsNotThereIsCountedAndDoesNotKeepTheOthers() throws Exception {
        rig.pass();
        server.imports("irods/tempZone/home/lab/missing.ndpi");
        importsSlide();
        rig.pass();
        assertThat(rig.status.count("mirror.objects-missing")).isEqualTo(1);
        assertThat(found()).hasSize(8);
    }

    @Test
    void hostileTextsArriveAndComeToRest() throws Exception {
        Imported imported = importsSlide();
        String odd = "a'b\"c\\\\d%_&&||\n\t\u0001\u007f emoji \uD83D\uDD2C <x> \u00e9";
        long map = server.mapAnnotation("ns '\"", odd, odd, "long", "\uD83D\uDD2C".repeat(3_000), " ", "x");
        server.links("imageannotationlink", imported.image(), map);
        server.executes("update experimenter set omename = ? where id = 2", "al'ice \uD83D\uDD2C");
        rig.pass();
        assertThat(values("owner")).containsExactly("al'ice \uD83D\uDD2C | 2");
        String cut = values("map::long").iterator().next();
        assertThat(cut).contains("\uD83D\uDD2C\u2026[cut] | ");
        assertThat(cut.substring(0, cut.indexOf(" | ")).codePointCount(0, cut.indexOf(" | ")))
                .isEqualTo(2_700);
        assertThat(values("map::(empty)")).hasSize(1);
        rig.tasks().task().requestReconciliation();
        long written = rig.status.count("mirror.triples-added");
        rig.close();
        rig = rig(Rig.policy());
        rig.tasks().requestReconciliation();
        rig.pass();
        assertThat(rig.status.count("mirror.triples-added")).isZero();
        assertThat(written).isPositive();
    }

    @Test
    void aPlateOfManyImagesListsTheFirstOnesAndTheirNumber() throws Exception {
        server.imports(
                SyntheticServer.ALICE,
                SyntheticServer.LAB,
                List.of(server.source("irods/tempZone/home/lab/slide.ndpi")),
                130);
        rig.pass();
        assertThat(values("image")).hasSize(MirrorPolicy.DEFAULT_MAX_IMAGES);
        assertThat(values("image::count")).hasSize(1).allMatch(text -> text.startsWith("130 | "));
    }

    @Test
    void anExternalUuidIsTakenWhereOneWasGiven() throws Exception {
        Imported imported = importsSlide();
        server.setsExternalInfo(imported.image(), "99999999-8888-4777-8666-555555555555");
        rig.pass();
        assertThat(values("image::uuid")).hasSize(1).allMatch(text -> text.startsWith("99999999-"));
    }

    @Test
    void twoCompanionsShareTheWork() throws Exception {
        try (Rig other = rig(Rig.policy())) {
            rig.pass();
            other.pass();
            rig.pass();
            other.pass();
            assertThat(rig.status.level("mirror.partitions")).isEqualTo(4);
            assertThat(other.status.level("mirror.partitions")).isEqualTo(4);
            for (int i = 0; i < 40; i++) {
                Rig.object(storage, "/tempZone/home/lab/s" + i);
                server.imports("irods/tempZone/home/lab/s" + i);
            }
            rig.pass();
            other.pass();
            long one = rig.status.count("mirror.objects-changed");
            long two = other.status.count("mirror.objects-changed");
            assertThat(one).isPositive();
            assertThat(two).isPositive();
            assertThat(one + two).isEqualTo(40);
            assertThat(found()).hasSize(40 * 8);
        }
        importsSlide();
        rig.pass();
        assertThat(rig.status.level("mirror.partitions")).isEqualTo(8);
        assertThat(values("image")).hasSize(1);
    }
}
