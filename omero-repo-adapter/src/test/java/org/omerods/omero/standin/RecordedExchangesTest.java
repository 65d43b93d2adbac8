package org.omerods.omero.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Says to the stand-in what was said to a real OMERO.web, in the same order, and compares status, redirect and JSON. The
 * recordings are {@code omero-recordings/http.jsonl} in the folder named by {@code omerods.shared}.
 */
final class RecordedExchangesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What the stand-in has no use for: other routes of the web client. */
    private static final List<String> ROUTES =
            List.of("/api/v0/token/", "/api/v0/login/", "/webclient/annotate_map/", "/webclient/api/annotations/");
    /** Parts of an annotation that the companion does not look at. */
    private static final List<String> NOT_COMPARED =
            List.of("date", "permissions", "name", "description", "experimenters", "eventContext", "data");

    @Test
    void theStandInAnswersAsTheRecordedServerDid() throws Exception {
        String named = System.getProperty("omerods.shared", "");
        Path file = (named.isEmpty() ? Path.of("..", "..", "shared") : Path.of(named))
                .resolve("omero-recordings/http.jsonl");
        assumeTrue(Files.exists(file), file + " is not here");
        try (OmeroWebStandIn web = new OmeroWebStandIn()) {
            web.user(2, "alice", "alicepw", 4L, 3L, 5L).user(3, "bob", "bobpw", 4L, 5L);
            web.image(128, 4).image(131, 4).image(24, 3);
            web.nextAnnotation(71);
            Map<String, String> tokens = new TreeMap<>();
            int compared = 0;
            for (String line : Files.readAllLines(file)) {
                JsonNode exchange = MAPPER.readTree(line);
                prepare(web, exchange.path("label").asText());
                if (ask(web, exchange, tokens)) {
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(30);
        }
    }

    /** What happened on the recorded server between these exchanges by other means. */
    private static void prepare(OmeroWebStandIn web, String label) {
        switch (label) {
            case "rename" -> web.nextAnnotation(81); // a comment and a rating took 79 and 80
            case "API after the OMERO session was killed" -> web.endSessions();
            default -> {
                // nothing
            }
        }
    }

    private boolean ask(OmeroWebStandIn web, JsonNode exchange, Map<String, String> tokens) throws Exception {
        JsonNode request = exchange.path("request");
        String[] line = request.path("line").asText().split(" ");
        if (ROUTES.stream().noneMatch(line[1]::startsWith)) {
            return false;
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(web.base() + line[1]));
        request.path("headers").properties().forEach(header -> {
            String value = header.getValue().asText();
            for (Map.Entry<String, String> token : tokens.entrySet()) {
                value = value.replace(token.getKey(), token.getValue());
            }
            builder.header(header.getKey(), value);
        });
        String body = request.path("body").asText("");
        if (exchange.path("label").asText().equals("annotate_map big and odd values")) {
            body = "image=128&ns=irods.org%2Fomero%2Fbig&mapAnnotation=%5B%5B%22big%22%2C%22" + "x".repeat(9000)
                    + "%22%5D%5D"; // the recording is cut in the middle
        }
        builder.method(line[0], line[0].equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
        HttpResponse<String> response;
        try (HttpClient client = HttpClient.newHttpClient()) {
            response = client.send(builder.build(), BodyHandlers.ofString());
        }
        JsonNode recorded = exchange.path("response");
        learn(recorded, response, tokens);
        String label = exchange.path("label").asText();
        assertThat(response.statusCode())
                .as(label)
                .isEqualTo(recorded.path("status").asInt());
        assertThat(response.headers().firstValue("Location").orElse(""))
                .as(label)
                .isEqualTo(recorded.path("headers").path("Location").asText(""));
        String type = recorded.path("headers").path("Content-Type").asText();
        if (type.equals("application/json")) {
            assertThat(reduced(MAPPER.readTree(response.body())))
                    .as(label)
                    .isEqualTo(reduced(MAPPER.readTree(recorded.path("body").asText())));
        } else {
            assertThat(response.body().isEmpty())
                    .as(label)
                    .isEqualTo(recorded.path("body").asText("").isEmpty());
        }
        return true;
    }

    /** Tokens and sessions are masked in the recordings: each mask stands for what the stand-in gave in its place. */
    private static void learn(JsonNode recorded, HttpResponse<String> response, Map<String, String> tokens)
            throws Exception {
        String mask = recorded.path("headers").path("Set-Cookie").asText("");
        String cookie = response.headers().firstValue("Set-Cookie").orElse("");
        if (mask.contains("=<") && cookie.contains("=")) {
            tokens.putIfAbsent(
                    mask.substring(mask.indexOf('<'), mask.indexOf('>') + 1),
                    cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        }
        String body = recorded.path("body").asText("");
        if (body.startsWith("{\"data\": \"<token")) {
            tokens.put(
                    MAPPER.readTree(body).path("data").asText(),
                    MAPPER.readTree(response.body()).path("data").asText());
        }
    }

    private static JsonNode reduced(JsonNode node) {
        List<JsonNode> todo = new ArrayList<>(List.of(node));
        while (!todo.isEmpty()) {
            JsonNode next = todo.removeLast();
            if (next instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                object.remove(NOT_COMPARED);
                if (object.has("link")) {
                    object.set(
                            "link",
                            MAPPER.createObjectNode()
                                    .set(
                                            "parent",
                                            object.path("link").path("parent").path("id")));
                }
            }
            next.forEach(todo::add);
        }
        return node;
    }
}
