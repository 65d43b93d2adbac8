package org.omerods.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MonitoringServerTest {
    private static final List<Metric> CATALOGUE = List.of(Metric.counter("counters.hits", "x_hits", "Hits."));

    private final HttpClient client = HttpClient.newHttpClient();
    private MonitoringServer server;

    @BeforeEach
    void start() throws IOException {
        server = MonitoringServer.start(
                0,
                "a <b> mount",
                CATALOGUE,
                Map.of(),
                () -> Map.of(
                        "time", "2026-11-25T12:00:00Z",
                        "counters", Map.of("hits", 12_345),
                        "tasks", Map.of("mirror", Map.of("lastError", "<script>alert(1)</script>"))));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void prometheusGetsItsText() throws Exception {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(response.body()).contains("x_hits_total 12345.0");
    }

    @Test
    void aPersonGetsAPageInWhichNothingIsExecuted() throws Exception {
        HttpResponse<String> response = get("/");
        assertThat(response.body())
                .contains("<h1>a &lt;b&gt; mount</h1>", "12,345", "&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void aProgramGetsJson() throws Exception {
        assertThat(get("/status.json").body()).contains("\"hits\" : 12345");
    }

    @Test
    void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/other").statusCode()).isEqualTo(404);
        HttpResponse<String> post = client.send(
                HttpRequest.newBuilder(uri("/"))
                        .POST(BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> MonitoringServer.start(server.port(), "x", CATALOGUE, Map.of(), Map::of))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + server.port())
                .hasMessageContaining("choose another");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
