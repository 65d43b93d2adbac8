package org.omerods.omero.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.omerods.omero.remote.OmeroException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logged-in session with OMERO.web, renewed when OMERO ends it. Thread-safe; requests of several threads run side by
 * side, a log-in is done once for all who wait for it.
 *
 * <p>The way in: a token ({@code /api/v0/token/}), then name, password and server number with the token in the header
 * {@code X-CSRFToken} and in a cookie. Behind HTTPS Django checks the {@code Referer} as well.
 * {@code X-Requested-With} makes the web client answer 403 instead of sending its login page.
 */
public final class WebSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebSession.class);
    /** An answer beyond this is no answer to anything that is asked here. */
    private static final long MAX_BODY_BYTES = 64L << 20;
    /** First try, after a new log-in, and once more should OMERO be restarting just then. */
    private static final int MAX_TRIES = 3;

    private final WebConfig config;
    private final HttpClient client;
    private final SingleLogin<Login> logins;

    /** What a log-in leaves. {@code userId}: OMERO's number of the service account. */
    private record Login(Cookies cookies, String token, long userId) {}

    /** A name and a value of a query or a form. */
    public record Field(String name, String value) {}

    public WebSession(WebConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .followRedirects(Redirect.NEVER)
                .connectTimeout(config.timeout())
                .build();
        this.logins = new SingleLogin<>(this::logIn);
    }

    /** Address of the OMERO.web, for messages. */
    public URI base() {
        return config.base();
    }

    /** OMERO's number of the service account; logs in where that has not happened yet. */
    public long userId() throws OmeroException {
        return logins.current().userId();
    }

    /** GET, answered with JSON. */
    public JsonNode get(String operation, String object, String path, List<Field> query) throws OmeroException {
        return call(
                operation,
                object,
                path + (query.isEmpty() ? "" : "?" + encoded(query)),
                HttpRequest.newBuilder().GET());
    }

    /** POST of a form, answered with JSON. Repeated only when it was refused before it was looked at. */
    public JsonNode post(String operation, String object, String path, List<Field> form) throws OmeroException {
        return call(
                operation,
                object,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(form))));
    }

    private JsonNode call(String operation, String object, String path, HttpRequest.Builder request)
            throws OmeroException {
        for (int tries = 1; ; tries++) {
            Login login = logins.current();
            WebReply reply = send(operation, object, path, request.copy(), login);
            if ((reply.saysNotLoggedIn() || reply.saysCsrfFailed()) && tries < MAX_TRIES) {
                log.debug("OMERO.web ended the session ({}), logging in again", reply.problem());
                logins.renew(login);
                continue;
            }
            return judged(operation, object, reply);
        }
    }

    private static JsonNode judged(String operation, String object, WebReply reply) throws OmeroException {
        if (reply.status() == 200) {
            JsonNode json = reply.json();
            if (json.isMissingNode()) {
                throw new OmeroException(Reason.UNEXPECTED, operation, object, "the answer of OMERO.web is not JSON");
            }
            return json;
        }
        Reason reason = switch (reply.status()) {
            case 404 -> Reason.NOT_FOUND;
            case 302, 401, 403 -> Reason.LOGIN_REFUSED;
            case 502, 503, 504 -> Reason.UNAVAILABLE; // what a proxy says while OMERO.web restarts
            default -> reply.status() >= 500 ? Reason.REJECTED : Reason.UNEXPECTED;
        };
        throw new OmeroException(reason, operation, object, reply.problem());
    }

    private Login logIn() throws OmeroException {
        Cookies cookies = new Cookies();
        String where = config.base().toString();
        Login anonymous = new Login(cookies, "", -1);
        WebReply token = send(
                "log in to", where, "/api/v0/token/", HttpRequest.newBuilder().GET(), anonymous);
        String value = judged("log in to", where, token).path("data").asText("");
        if (value.isEmpty()) {
            throw new OmeroException(Reason.UNEXPECTED, "log in to", where, "no CSRF token in the answer");
        }
        String form = encoded(List.of(
                new Field("username", config.user()),
                new Field("password", config.password().reveal()),
                new Field("server", Integer.toString(config.server()))));
        WebReply reply = send(
                "log in to",
                where,
                "/api/v0/login/",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                new Login(cookies, value, -1));
        JsonNode answer = judged("log in to", where + " as " + config.user(), reply);
        if (!answer.path("success").asBoolean()) {
            throw new OmeroException(
                    Reason.LOGIN_REFUSED, "log in to", where + " as " + config.user(), "OMERO.web reports no success");
        }
        log.info("logged in to {} as {}", where, config.user());
        return new Login(
                cookies, value, answer.path("eventContext").path("userId").asLong(-1));
    }

    private WebReply send(String operation, String object, String path, HttpRequest.Builder request, Login login)
            throws OmeroException {
        request.uri(URI.create(config.base() + path))
                .timeout(config.timeout())
                .header("Accept", "application/json")
                .header("X-Requested-With", "XMLHttpRequest")
                .header("Referer", config.base() + "/");
        if (!login.token().isEmpty()) {
            request.header("X-CSRFToken", login.token());
        }
        if (!login.cookies().isEmpty()) {
            request.header("Cookie", login.cookies().header());
        }
        try {
            HttpResponse<String> response = client.send(
                    request.build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY_BYTES));
            login.cookies().accept(response.headers().allValues("Set-Cookie"));
            return new WebReply(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (HttpTimeoutException e) {
            throw new OmeroException(
                    Reason.TIMEOUT, operation, object, config.base() + " is silent for " + config.timeout(), e);
        } catch (IOException e) {
            throw new OmeroException(
                    Reason.UNAVAILABLE, operation, object, config.base() + " cannot be reached (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OmeroException(Reason.INTERRUPTED, operation, object, "interrupted while waiting", e);
        }
    }

    private static String encoded(List<Field> fields) {
        return fields.stream()
                .map(field -> URLEncoder.encode(field.name(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Lets go of connections and threads. The session at OMERO ends by its idle time. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
