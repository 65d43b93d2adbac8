package org.omerods.omero.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.remote.OmeroException.Reason;
import org.omerods.omero.remote.WebSession.Field;
import org.omerods.omero.standin.OmeroWebStandIn;
import org.omerods.storage.irods.session.Secret;

final class WebSessionTest {
    private static final String LIST = "/webclient/api/annotations/";

    private OmeroWebStandIn web;
    private WebSession session;

    @BeforeEach
    void start() throws Exception {
        web = new OmeroWebStandIn().user(2, "alice", "secret & <odd>", 4L).image(5, 4);
        session = new WebSession(config(web.base(), "secret & <odd>"));
    }

    @AfterEach
    void end() {
        session.close();
        web.close();
    }

    private static WebConfig config(URI base, String password) {
        return new WebConfig(base, "alice", Secret.of(password), 1, Duration.ofSeconds(10));
    }

    private void ask() throws OmeroException {
        var _ = session.get("list", "Image:5", LIST, List.of(new Field("type", "map"), new Field("image", "5")));
    }

    @Test
    void logsInOnceForManyCallers() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                futures.add(executor.submit(() -> {
                    ask();
                    return session.userId();
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        assertThat(Collections.frequency(web.calls(), "POST /api/v0/login/")).isEqualTo(1);
        assertThat(session.userId()).isEqualTo(2);
    }

    @Test
    void aSessionThatOmeroEndedIsRenewed() throws Exception {
        ask();
        web.endSessions();
        ask();
        assertThat(Collections.frequency(web.calls(), "POST /api/v0/login/")).isEqualTo(2);
    }

    @Test
    void aTokenThatOmeroForgotIsRenewed() throws Exception {
        ask();
        web.forgetTokens();
        var _ = session.post(
                "annotate",
                "Image:5",
                "/webclient/annotate_map/",
                List.of(new Field("image", "5"), new Field("ns", "n"), new Field("mapAnnotation", "[[\"k\",\"v\"]]")));
        assertThat(web.rows(5, "n")).hasSize(1);
    }

    @Test
    void aWrongPasswordIsLoginRefusedAndNeverShown() {
        try (WebSession wrong = new WebSession(config(web.base(), "hunter2"))) {
            OmeroException e = catchThrowableOfType(OmeroException.class, wrong::userId);
            assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
            assertThat(e).hasMessageContaining("credentials").hasMessageContaining("alice");
            assertThat(e.toString() + config(web.base(), "hunter2")).doesNotContain("hunter2");
        }
    }

    @Test
    void aFailedLoginIsTriedAgainByTheNextCaller() throws Exception {
        web.user(2, "alice", "other", 4L);
        assertThat(catchThrowableOfType(OmeroException.class, this::ask).reason())
                .isEqualTo(Reason.LOGIN_REFUSED);
        web.user(2, "alice", "secret & <odd>", 4L);
        ask();
    }

    @Test
    void aTracebackIsRejectedWithItsLastLine() {
        OmeroException e = catchThrowableOfType(
                OmeroException.class,
                () -> session.post(
                        "annotate",
                        "Image:5",
                        "/webclient/annotate_map/",
                        List.of(new Field("image", "5"), new Field("mapAnnotation", "[[\"only-key\"]]"))));
        assertThat(e.reason()).isEqualTo(Reason.REJECTED);
        assertThat(e).hasMessageContaining("IndexError: list index out of range");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        web.close();
        OmeroException e = catchThrowableOfType(OmeroException.class, this::ask);
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e.retryable()).isTrue();
        assertThat(e).hasMessageContaining(web.base().toString());
    }

    @Test
    void anInterruptIsToldAndKept() throws Exception {
        ask();
        Thread.currentThread().interrupt();
        OmeroException e = catchThrowableOfType(OmeroException.class, this::ask);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
    }
}
