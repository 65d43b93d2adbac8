package org.omerods.cli.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the loopback interface: {@code /metrics} for Prometheus, {@code /status.json} for programs, {@code /} for
 * people. Only GET, nothing can be changed by it, and what it tells is free of secrets. Thread-safe.
 */
public final class MonitoringServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MonitoringServer.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final int RENEW_SECONDS = 5;
    /** Questions that may wait; monitoring asks one at a time. */
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads;

    private MonitoringServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    private interface Answer {
        String body() throws IOException;
    }

    /**
     * Starts answering.
     *
     * @param port 0 for any free one
     * @param title heading of the page, and what is told of
     * @param labels that every metric gets
     * @param status what to tell, turned into JSON
     * @throws IOException when the port cannot be had
     */
    public static MonitoringServer start(
            int port, String title, List<Metric> catalogue, Map<String, String> labels, Supplier<?> status)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "monitoring cannot listen on port " + port + " (" + e.getMessage() + "): choose another one", e);
        }
        ExecutorService threads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("omerods-monitoring").daemon().factory());
        server.setExecutor(threads);
        answer(
                server,
                "/metrics",
                "text/plain; version=0.0.4; charset=utf-8",
                () -> Exposition.of(tree(status), catalogue, labels));
        answer(server, "/status.json", "application/json", () -> JSON.writeValueAsString(status.get()));
        answer(server, "/", "text/html; charset=utf-8", () -> StatusPage.of(title, tree(status), RENEW_SECONDS));
        server.start();
        return new MonitoringServer(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static JsonNode tree(Supplier<?> status) {
        return JSON.valueToTree(status.get());
    }

    private static void answer(HttpServer server, String path, String type, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, 404, "text/plain", "nothing here: see /, /status.json and /metrics\n");
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    send(exchange, 405, "text/plain", "only GET\n");
                } else {
                    send(exchange, 200, type, answer.body());
                }
            } catch (IOException | RuntimeException e) {
                log.debug("a question for {} was not answered", path, e);
            }
        });
    }

    private static void send(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
