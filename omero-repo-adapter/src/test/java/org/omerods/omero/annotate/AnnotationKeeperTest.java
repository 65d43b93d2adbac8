package org.omerods.omero.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.annotate.AnnotationKeeper.Outcome;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;
import org.omerods.omero.remote.WebConfig;
import org.omerods.omero.remote.WebSession;
import org.omerods.omero.standin.OmeroWebStandIn;
import org.omerods.storage.irods.session.Secret;

final class AnnotationKeeperTest {
    private static final String NS = ImageRows.AVU_NAMESPACE;
    private static final ImageReference IMAGE = new ImageReference(128, ImageReference.ANY_GROUP);
    private static final List<MapPair> ROWS = List.of(
            new MapPair("tissue", "Mäuse 肌 \uD83D\uDD2C"), new MapPair("tissue", ""), new MapPair("a\"b", "c\nd&=%"));

    private OmeroWebStandIn web;
    private WebSession session;
    private AnnotationKeeper keeper;

    @BeforeEach
    void start() throws Exception {
        web = new OmeroWebStandIn()
                .user(2, "alice", "alicepw", 4L, 3L)
                .user(3, "bob", "bobpw", 4L)
                .image(128, 4)
                .image(24, 3);
        session = new WebSession(new WebConfig(web.base(), "alice", Secret.of("alicepw"), 1, Duration.ofSeconds(10)));
        keeper = new AnnotationKeeper(new WebAnnotations(session));
    }

    @AfterEach
    void end() {
        session.close();
        web.close();
    }

    @Test
    void anAnnotationIsCreatedChangedAndDeletedAsWanted() throws Exception {
        assertThat(keeper.keep(IMAGE, NS, List.of())).isEqualTo(Outcome.UNCHANGED);
        assertThat(keeper.keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.CREATED);
        assertThat(web.rows(128, NS).values())
                .containsExactly(List.of("tissue=Mäuse 肌 \uD83D\uDD2C", "tissue=", "a\"b=c\nd&=%"));
        assertThat(keeper.keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.UNCHANGED);
        assertThat(keeper.keep(IMAGE, NS, ROWS.subList(0, 1))).isEqualTo(Outcome.CHANGED);
        assertThat(keeper.keep(IMAGE, NS, List.of())).isEqualTo(Outcome.DELETED);
        assertThat(web.rows(128, NS)).isEmpty();
    }

    @Test
    void anEditMadeInOmeroIsPutBack() throws Exception {
        keeper.keep(IMAGE, NS, ROWS);
        web.edit(web.rows(128, NS).keySet().iterator().next(), List.of(List.of("tissue", "edited by hand")));
        assertThat(keeper.keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.CHANGED);
        assertThat(keeper.keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void ofTwoAnnotationsThatACrashLeftOneStays() throws Exception {
        web.annotate("alice", 128, NS, List.of(List.of("old", "1")));
        web.annotate("alice", 128, NS, List.of(List.of("old", "2")));
        assertThat(keeper.keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.CHANGED);
        assertThat(web.rows(128, NS)).hasSize(1);
    }

    @Test
    void annotationsOfOthersAndOfOtherNamespacesAreNotTouched() throws Exception {
        web.annotate("bob", 128, NS, List.of(List.of("by", "bob")));
        web.annotate("alice", 128, "example.org/hers", List.of(List.of("by", "hand")));
        keeper.keep(IMAGE, NS, ROWS);
        assertThat(keeper.keep(IMAGE, NS, List.of())).isEqualTo(Outcome.DELETED);
        assertThat(web.rows(128, NS).values()).containsExactly(List.of("by=bob"));
        assertThat(web.rows(128, "example.org/hers")).hasSize(1);
    }

    @Test
    void aSuccessThatDidNotHappenIsNoticedByReadingBack() {
        web.swallowCreations(1);
        OmeroException e = catchThrowableOfType(OmeroException.class, () -> keeper.keep(IMAGE, NS, ROWS));
        assertThat(e.reason()).isEqualTo(Reason.REJECTED);
        assertThat(e).hasMessageContaining("Image:128").hasMessageContaining("does not show the change");
    }

    @Test
    void anImageThatIsGoneIsRejectedAndNothingIsLeft() {
        ImageReference gone = new ImageReference(99_999, ImageReference.ANY_GROUP);
        assertThat(catchThrowableOfType(OmeroException.class, () -> keeper.keep(gone, NS, ROWS))
                        .reason())
                .isEqualTo(Reason.REJECTED);
        assertThat(web.rows(99_999, NS)).isEmpty();
    }

    @Test
    void aSessionLostBetweenListingAndWritingIsRenewed() throws Exception {
        Annotations losing = new Annotations() {
            private final Annotations inner = new WebAnnotations(session);

            @Override
            public List<StoredAnnotation> list(ImageReference image, String namespace) throws OmeroException {
                List<StoredAnnotation> found = inner.list(image, namespace);
                web.endSessions();
                return found;
            }

            @Override
            public void create(ImageReference image, String namespace, List<MapPair> pairs) throws OmeroException {
                inner.create(image, namespace, pairs);
                web.endSessions();
            }

            @Override
            public void replace(ImageReference image, long annotation, List<MapPair> pairs) throws OmeroException {
                inner.replace(image, annotation, pairs);
            }

            @Override
            public void delete(ImageReference image, long annotation) throws OmeroException {
                inner.delete(image, annotation);
            }
        };
        assertThat(new AnnotationKeeper(losing).keep(IMAGE, NS, ROWS)).isEqualTo(Outcome.CREATED);
        assertThat(web.rows(128, NS)).hasSize(1);
    }

    @Test
    void anImageOfAnotherGroupOfTheServiceAccountIsAnnotated() throws Exception {
        assertThat(keeper.keep(new ImageReference(24, 3), NS, ROWS)).isEqualTo(Outcome.CREATED);
        assertThat(web.rows(24, NS)).hasSize(1);
    }
}
