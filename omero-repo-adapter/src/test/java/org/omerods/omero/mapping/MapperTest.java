package org.omerods.omero.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.omerods.omero.model.Annotation;
import org.omerods.omero.model.Container;
import org.omerods.omero.model.Fileset;
import org.omerods.omero.model.Group;
import org.omerods.omero.model.Image;
import org.omerods.omero.model.OriginalFile;
import org.omerods.omero.model.Person;
import org.omerods.omero.model.ServerIdentity;
import org.omerods.storage.Avu;

/** What an object says of a fileset; who may have written what. */
class MapperTest {
    private static final UUID DATABASE = UUID.fromString("0f1e2d3c-4b5a-4978-8877-665544332211");
    private static final UUID OTHER_DATABASE = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final Group LAB = new Group(3, "lab", -56);
    private static final Group SECRET = new Group(4, "secret lab", -120);
    private static final String LSID = "urn:lsid:example.org:Image:" + DATABASE + "_7";

    private static Mapper mapper(UUID database, MirrorPolicy policy) {
        return new Mapper(new ServerIdentity(database, "example.org"), policy);
    }

    private static Mapper mapper(MirrorPolicy policy) {
        return mapper(DATABASE, policy);
    }

    private static Image image(long id, boolean complete, Annotation... annotations) {
        List<Container> containers = List.of(new Container(Container.Kind.DATASET, 9, "Liver"));
        return new Image(id, 0, "slide", complete, "", 2, containers, List.of(annotations));
    }

    private static Fileset fileset(Group group, Image... images) {
        return new Fileset(5, new Person(2, "alice"), group, List.of(file()), List.of(images), List.of());
    }

    private static OriginalFile file() {
        return new OriginalFile(6, 0, "repo", "/OMERO", "alice_2/", "a.ndpi", "irods/tempZone/a.ndpi");
    }

    private static Set<Avu> triples(MirrorPolicy policy, Group group, Image... images) {
        return mapper(policy).triples(fileset(group, images), file());
    }

    @Test
    void anObjectSaysWhereInOmeroItIs() {
        assertThat(triples(MirrorPolicy.DEFAULT.withWebBase("https://omero.example.org/"), LAB, image(7, true)))
                .contains(
                        new Avu("omero::server", "https://omero.example.org", DATABASE.toString()),
                        new Avu("omero::fileset", "urn:lsid:example.org:Fileset:" + DATABASE + "_5", "0/1"),
                        new Avu("omero::image", LSID, "0"),
                        new Avu("omero::image::url", "https://omero.example.org/webclient/?show=image-7", LSID),
                        new Avu("omero::roi::count", "2", LSID),
                        new Avu("omero::dataset", "urn:lsid:example.org:Dataset:" + DATABASE + "_9", "Liver"),
                        new Avu("omero::owner", "alice", "2"),
                        new Avu("omero::group", "lab", "3"));
    }

    @Test
    void nothingIsSaidOfAnImportThatIsNotDoneNorOfPrivateGroups() {
        assertThat(triples(MirrorPolicy.DEFAULT, LAB, image(7, true), image(8, false)))
                .isEmpty();
        assertThat(triples(MirrorPolicy.DEFAULT, LAB)).isEmpty();
        assertThat(triples(MirrorPolicy.DEFAULT, SECRET, image(7, true))).isEmpty();
        assertThat(triples(MirrorPolicy.DEFAULT.withGroups(new GroupPolicy.All()), SECRET, image(7, true)))
                .isNotEmpty();
    }

    @Test
    void whatTheCompanionWroteIntoOmeroDoesNotComeBack() {
        Annotation own = new Annotation(
                1, Annotation.Kind.MAP, "irods.org/omero/avu", "", List.of(new Annotation.Pair("stain", "H&E")));
        Annotation theirs =
                new Annotation(2, Annotation.Kind.MAP, "", "", List.of(new Annotation.Pair("stain", "PAS")));
        assertThat(triples(MirrorPolicy.DEFAULT, LAB, image(7, true, own, theirs)))
                .extracting(Avu::attribute, Avu::value)
                .contains(tuple("omero::map::stain", "PAS"))
                .doesNotContain(tuple("omero::map::stain", "H&E"));
    }

    @Test
    void keysThatOccurTwiceOrAreEmptyAreKept() {
        Annotation map = new Annotation(
                2,
                Annotation.Kind.MAP,
                "lab/map",
                "",
                List.of(
                        new Annotation.Pair("gene", "a"),
                        new Annotation.Pair("gene", "b"),
                        new Annotation.Pair(" ", "c"),
                        new Annotation.Pair("d", "")));
        assertThat(triples(MirrorPolicy.DEFAULT, LAB, image(7, true, map)))
                .extracting(avu -> avu.attribute() + "=" + avu.value())
                .contains(
                        "omero::map::ns=lab/map",
                        "omero::map::gene=a",
                        "omero::map::gene=b",
                        "omero::map::(empty)=c",
                        "omero::map::d=(empty)");
    }

    @Test
    void aPlateOfThousandsListsSomeAndSaysHowMany() {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            images.add(image(1000 + i, true));
        }
        Set<Avu> triples = triples(MirrorPolicy.DEFAULT, LAB, images.toArray(Image[]::new));
        assertThat(triples)
                .filteredOn(avu -> avu.attribute().equals("omero::image"))
                .hasSize(100);
        assertThat(triples)
                .filteredOn(avu -> avu.attribute().equals("omero::image::count"))
                .singleElement()
                .extracting(Avu::value)
                .isEqualTo("1000");
    }

    @Test
    void whatIsShownCanBeChosenButNotWhatItIsFoundBy() {
        assertThat(MirrorPolicy.parseTerms("tag"))
                .isEqualTo(EnumSet.of(Term.TAG, Term.SERVER, Term.FILESET, Term.DIGEST));
        assertThat(MirrorPolicy.parseTerms("all,-owner,-server"))
                .doesNotContain(Term.OWNER)
                .contains(Term.SERVER);
    }

    @Test
    void onlyTheOwnTriplesOfAnObjectAreOurs() {
        Mapper ours = mapper(DATABASE, MirrorPolicy.DEFAULT);
        Set<Avu> mine = ours.triples(fileset(LAB, image(7, true)), file());
        List<Avu> all = new ArrayList<>(mine);
        Avu users = new Avu("stain", "H&E", "");
        Avu request = new Avu("omero::import", "requested", "");
        all.add(users);
        all.add(request);
        assertThat(new Ownership(ours).own(all)).containsExactlyInAnyOrderElementsOf(mine);
    }

    @Test
    void onAnObjectOfTwoServersNobodyTakesOwnerAndGroupForHisOwn() {
        Mapper ours = mapper(DATABASE, MirrorPolicy.DEFAULT);
        Mapper theirs = mapper(OTHER_DATABASE, MirrorPolicy.DEFAULT);
        List<Avu> all = new ArrayList<>(ours.triples(fileset(LAB, image(7, true)), file()));
        Set<Avu> foreign = theirs.triples(fileset(LAB, image(7, true)), file());
        all.addAll(foreign);
        assertThat(new Ownership(ours).own(all))
                .noneMatch(avu -> avu.attribute().equals("omero::owner")
                        || avu.value().contains(OTHER_DATABASE.toString())
                        || avu.units().contains(OTHER_DATABASE.toString()));
    }
}
