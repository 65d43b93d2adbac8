package org.omerods.omero.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StoragePath;

final class ImageRowsTest {
    private final ImageRows rows = new ImageRows(AvuSelection.all(), "irods.example.org:1247");

    private static SourceObject object(String path, long id, String checksum, Avu... avus) {
        return new SourceObject(
                new DataObject(
                        StoragePath.of(path),
                        new ObjectVersion(id, 0, 7, Instant.EPOCH, checksum),
                        ReplicaState.GOOD,
                        "",
                        1,
                        "rods",
                        Instant.EPOCH),
                List.of(avus));
    }

    @Test
    void attributesOfTheCompanionNeverGoToOmero() {
        SourceObject object = object(
                "/z/a",
                1,
                "",
                new Avu("omero::tag", "tumour", "lsid"),
                new Avu("omero::import", "done", "x"),
                new Avu("lab::omero", "kept", ""));
        assertThat(rows.avus(List.of(object))).containsExactly(new MapPair("lab::omero", "kept"));
        ImageRows other =
                new ImageRows(new AvuSelection(List.of("*"), List.of(), List.of("mirror::")), "irods.example.org:1247");
        SourceObject renamed = object("/z/a", 1, "", new Avu("mirror::tag", "t", ""), new Avu("omero::tag", "t", ""));
        assertThat(other.avus(List.of(renamed))).isEmpty();
    }

    @Test
    void aSelectionIncludesAndExcludesByPattern() {
        ImageRows some =
                new ImageRows(new AvuSelection(List.of("lab::*", "stain"), List.of("*secret*"), List.of()), "h:1");
        SourceObject object = object(
                "/z/a",
                1,
                "",
                new Avu("lab::tissue", "liver", ""),
                new Avu("lab::secret::x", "no", ""),
                new Avu("stain", "H&E", ""),
                new Avu("stain2", "no", ""),
                new Avu("labx", "no", ""));
        assertThat(some.avus(List.of(object)))
                .containsExactly(new MapPair("lab::tissue", "liver"), new MapPair("stain", "H&E"));
        assertThat(new ImageRows(new AvuSelection(List.of(), List.of(), List.of()), "h:1").avus(List.of(object)))
                .isEmpty();
    }

    @Test
    void rowsDoNotDependOnTheOrderOfObjectsAndTriples() {
        Avu one = new Avu("stain", "H&E", "");
        Avu two = new Avu("thickness", "4", "µm");
        SourceObject a = object("/z/a", 1, "", one, two);
        SourceObject b = object("/z/b", 2, "", two, one);
        assertThat(rows.avus(List.of(a, b)))
                .isEqualTo(rows.avus(List.of(b, a)))
                .containsExactly(new MapPair("stain", "H&E"), new MapPair("thickness", "4 [µm]"));
        assertThat(rows.location(List.of(a, b))).isEqualTo(rows.location(List.of(b, a)));
    }

    @Test
    void aLocationNamesZonePathNumberChecksumAndUri() {
        assertThat(rows.location(List.of(object("/tempZone/home/x y.ndpi", 10042, "sha2:abc="))))
                .containsExactly(
                        new MapPair("zone", "tempZone"),
                        new MapPair("path", "/tempZone/home/x y.ndpi"),
                        new MapPair("data_id", "10042"),
                        new MapPair("checksum", "sha2:abc="),
                        new MapPair("uri", "irods://irods.example.org:1247/tempZone/home/x y.ndpi"));
    }

    @Test
    void hugeFilesetsAndTriplesAreCutAndSaySo() {
        List<SourceObject> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(object("/z/" + i, i, "", new Avu("well", "W" + i, "")));
        }
        assertThat(rows.location(many)).contains(new MapPair("objects", "1000")).hasSizeLessThan(100);
        assertThat(rows.avus(many)).hasSize(ImageRows.MAX_ROWS + 1);
        assertThat(rows.avus(many).getLast().value()).isEqualTo("500 rows are not shown here; iRODS has all of them");
        SourceObject large = object("/z/a", 1, "", new Avu("a", "x".repeat(ImageRows.MAX_CHARACTERS), ""));
        assertThat(rows.avus(List.of(large))).hasSize(1);
        assertThat(rows.avus(List.of(large)).getFirst().value()).startsWith("1 rows are not shown");
    }

    @Test
    void bytesThatAreNoTextAreShownAsTheReplacementCharacter() {
        SourceObject object = object("/z/a\uDC80", 1, "", new Avu("n", "\uDCFFx", ""));
        assertThat(rows.avus(List.of(object))).containsExactly(new MapPair("n", "\uFFFDx"));
        assertThat(rows.location(List.of(object))).contains(new MapPair("path", "/z/a\uFFFD"));
    }
}
