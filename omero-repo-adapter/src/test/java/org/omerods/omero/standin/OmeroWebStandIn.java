package org.omerods.omero.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.omerods.omero.standin.StandInModel.Annotation;
import org.omerods.omero.standin.StandInModel.Image;
import org.omerods.omero.standin.StandInModel.User;

/**
 * OMERO.web as far as the companion asks it, with its ways of saying no: the several answers to a lost session, success
 * for what did not happen, HTML and tracebacks with status 500. {@code RecordedExchangesTest} compares it with a real one
 * where recordings are present. On loopback.
 */
public final class OmeroWebStandIn implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final StandInModel model = new StandInModel();
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, User> sessions = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private int count;
    private int brokenCreates;

    public OmeroWebStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public synchronized OmeroWebStandIn user(long id, String name, String password, Long... groups) {
        model.users.put(name, new User(id, name, password, List.of(groups)));
        return this;
    }

    public synchronized OmeroWebStandIn image(long id, long group) {
        model.images.put(id, new Image(id, group));
        return this;
    }

    public synchronized void nextAnnotation(long id) {
        model.nextAnnotation = id;
    }

    /** As an administrator who closes all sessions, or a restart of OMERO. */
    public synchronized void endSessions() {
        sessions.clear();
    }

    /** As a change of the secret key: all CSRF tokens are wrong from now on. */
    public synchronized void forgetTokens() {
        tokens.clear();
    }

    /** The next {@code number} creations answer as if they had happened. */
    public synchronized void swallowCreations(int number) {
        brokenCreates = number;
    }

    /** Method and path of each request so far. */
    public List<String> calls() {
        return calls;
    }

    /** Rows of the annotations of an image in a namespace, each as {@code key=value}, by number of the annotation. */
    public synchronized Map<Long, List<String>> rows(long image, String namespace) {
        Map<Long, List<String>> rows = new LinkedHashMap<>();
        model.annotations.values().stream()
                .filter(a -> a.parent().equals("image") && a.parentId() == image)
                .filter(a -> a.namespace().equals(namespace))
                .forEach(a -> rows.put(
                        a.id(),
                        a.values().stream().map(row -> String.join("=", row)).toList()));
        return rows;
    }

    /** As a user who edits an annotation in the web client. */
    public synchronized void edit(long annotation, List<List<String>> values) {
        model.annotations.computeIfPresent(
                annotation, (id, a) -> new Annotation(id, a.owner(), a.parent(), a.parentId(), a.namespace(), values));
    }

    /** As somebody who annotates by other means. */
    public synchronized long annotate(String user, long image, String namespace, List<List<String>> values) {
        User owner = Objects.requireNonNull(model.users.get(user), user);
        return model.create(owner, List.<String[]>of(new String[] {"image", Long.toString(image)}), namespace, values)
                .getFirst();
    }

    private record Answer(int status, String type, String body, Map<String, String> headers) {
        static Answer json(int status, JsonNode body) {
            return new Answer(status, "application/json", body.toString(), Map.of());
        }

        static Answer html(int status, String body) {
            return new Answer(status, "text/html; charset=utf-8", body, Map.of());
        }

        Answer with(String name, String value) {
            return new Answer(status, type, body, Map.of(name, value));
        }
    }

    private record Query(
            String method,
            String path,
            Map<String, List<String>> fields,
            Map<String, String> cookies,
            String csrf,
            boolean ajax) {
        String field(String name) {
            List<String> values = fields.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.getLast();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            URI uri = exchange.getRequestURI();
            boolean get = exchange.getRequestMethod().equals("GET");
            String fields = get ? (uri.getRawQuery() == null ? "" : uri.getRawQuery()) : body;
            Map<String, String> cookies = new HashMap<>();
            for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
                for (String cookie : header.split(";\\s*")) {
                    cookies.put(cookie.substring(0, cookie.indexOf('=')), cookie.substring(cookie.indexOf('=') + 1));
                }
            }
            Query query = new Query(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    decoded(fields),
                    cookies,
                    first(exchange, "X-CSRFToken"),
                    !first(exchange, "X-Requested-With").isEmpty());
            calls.add(query.method() + " " + query.path());
            Answer answer;
            synchronized (this) {
                answer = answer(query);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static String first(HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        return value == null ? "" : value;
    }

    private static Map<String, List<String>> decoded(String fields) {
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        for (String field : fields.isEmpty() ? new String[0] : fields.split("&")) {
            int equals = field.indexOf('=');
            decoded.computeIfAbsent(
                            URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                            name -> new ArrayList<>())
                    .add(URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return decoded;
    }

    private Answer answer(Query query) {
        if (query.method().equals("POST")) {
            String problem = csrfProblem(query);
            if (!problem.isEmpty()) {
                return Answer.json(403, message("CSRF Failed: " + problem));
            }
        }
        return switch (query.path()) {
            case "/api/v0/token/" -> token();
            case "/api/v0/login/" -> login(query);
            case "/webclient/annotate_map/" ->
                query.method().equals("POST") ? loggedIn(query, this::annotateMap) : Answer.html(404, "");
            case "/webclient/api/annotations/" -> loggedIn(query, this::list);
            default -> apiOrNothing(query);
        };
    }

    private Answer apiOrNothing(Query query) {
        if (query.path().startsWith("/api/v0/m/") && user(query) == null) {
            return Answer.json(403, message("Not logged in"));
        }
        return Answer.html(404, "");
    }

    private String csrfProblem(Query query) {
        if (!query.cookies().containsKey("csrftoken")) {
            return "CSRF cookie not set.";
        }
        if (query.csrf().isEmpty()) {
            return "CSRF token missing.";
        }
        return tokens.contains(query.csrf()) ? "" : "CSRF token from the 'X-Csrftoken' HTTP header incorrect.";
    }

    private Answer token() {
        String token = "token-" + ++count;
        tokens.add(token);
        return Answer.json(200, JSON.objectNode().put("data", token))
                .with(
                        "Set-Cookie",
                        "csrftoken=c" + token + "; expires=Fri, 19 Nov 2027 12:08:25 GMT; Max-Age=31449600;"
                                + " Path=/; SameSite=Lax");
    }

    private Answer login(Query query) {
        if (!query.method().equals("POST")) {
            return Answer.json(405, message("POST only with username, password, server and csrftoken"));
        }
        if (query.field("server").isEmpty()) {
            return Answer.json(403, message("Server: This field is required."));
        }
        User user = model.users.get(query.field("username"));
        if (user == null || !user.password().equals(query.field("password"))) {
            return Answer.json(
                    403, message("Connection not available, please check your credentials and version compatibility."));
        }
        String session = "session-" + ++count;
        sessions.put(session, user);
        ObjectNode answer = JSON.objectNode().put("success", true);
        answer.putObject("eventContext").put("userId", user.id()).put("userName", user.name());
        return Answer.json(200, answer).with("Set-Cookie", "sessionid=" + session + "; HttpOnly; Path=/; SameSite=Lax");
    }

    @FunctionalInterface
    private interface Page {
        Answer of(User user, Query query);
    }

    private @Nullable User user(Query query) {
        return sessions.get(query.cookies().getOrDefault("sessionid", ""));
    }

    private Answer loggedIn(Query query, Page page) {
        User user = user(query);
        if (user != null) {
            return page.of(user, query);
        }
        return query.ajax()
                ? Answer.html(403, "")
                : Answer.html(302, "")
                        .with(
                                "Location",
                                "/webclient/login/?url=" + URLEncoder.encode(query.path(), StandardCharsets.UTF_8));
    }

    private Answer annotateMap(User user, Query query) {
        List<List<String>> values = new ArrayList<>();
        try {
            JsonNode rows = MAPPER.readTree(query.field("mapAnnotation"));
            if (rows.isMissingNode()) {
                return Answer.html(
                        500, "Traceback\nTypeError: the JSON object must be str, bytes or bytearray, not NoneType");
            }
            for (JsonNode row : rows) {
                if (row.size() < 2) {
                    return Answer.html(500, "Traceback\nIndexError: list index out of range");
                }
                values.add(List.of(row.get(0).asText(), row.get(1).asText()));
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Answer.html(500, "Traceback\njson.decoder.JSONDecodeError: Expecting value");
        }
        return query.field("annId").isEmpty()
                ? create(user, query, values)
                : change(user, Long.parseLong(query.field("annId")), values);
    }

    private Answer create(User user, Query query, List<List<String>> values) {
        List<String[]> objects = new ArrayList<>();
        for (String type : List.of("image", "dataset")) {
            for (String id : query.fields().getOrDefault(type, List.of())) {
                if (type.equals("dataset") || model.sees(user, Long.parseLong(id))) {
                    objects.add(new String[] {type, id});
                }
            }
        }
        String namespace =
                query.field("ns").isEmpty() ? "openmicroscopy.org/omero/client/mapAnnotation" : query.field("ns");
        ArrayNode ids = JSON.arrayNode();
        if (brokenCreates > 0) {
            brokenCreates--;
        } else {
            model.create(user, objects, namespace, values).forEach(ids::add);
        }
        return Answer.json(200, JSON.objectNode().set("annId", ids));
    }

    private Answer change(User user, long id, List<List<String>> values) {
        Annotation there = model.annotations.get(id);
        if (there != null && there.owner() != user.id()) {
            return Answer.html(500, "Traceback\nomero.SecurityViolation: not permitted");
        }
        if (values.isEmpty()) {
            model.annotations.remove(id);
            return Answer.json(200, JSON.objectNode().putNull("annId"));
        }
        if (there != null) {
            edit(id, values);
        }
        return Answer.json(200, JSON.objectNode().set("annId", JSON.arrayNode().add(Long.toString(id))));
    }

    private Answer list(User user, Query query) {
        ArrayNode found = JSON.arrayNode();
        for (Annotation annotation : model.annotations.values()) {
            boolean asked =
                    query.fields().getOrDefault("image", List.of()).contains(Long.toString(annotation.parentId()))
                            && annotation.parent().equals("image")
                            && (query.field("ns").isEmpty() || query.field("ns").equals(annotation.namespace()));
            if (asked && model.sees(user, annotation.parentId())) {
                ObjectNode node = found.addObject().put("id", annotation.id()).put("ns", annotation.namespace());
                node.putObject("owner").put("id", annotation.owner());
                node.putObject("link")
                        .putObject("parent")
                        .put("id", annotation.parentId())
                        .put("class", "ImageI");
                node.put("class", "MapAnnotationI");
                ArrayNode values = node.putArray("values");
                annotation
                        .values()
                        .forEach(row -> values.addArray().add(row.get(0)).add(row.get(1)));
            }
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("annotations", found);
        answer.putArray("experimenters");
        return Answer.json(200, answer);
    }

    private static JsonNode message(String text) {
        return JSON.objectNode().put("message", text);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
