package org.omerods.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest committed result of each suite. Immutable. */
final class Results {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** {@code -2026-11-25.json} */
    private static final int DATE_LENGTH = 16;

    private final Map<String, JsonNode> bySuite;

    private Results(Map<String, JsonNode> bySuite) {
        this.bySuite = bySuite;
    }

    /** Reads a folder of {@code <suite>-<date>.json}. Smoke tests are refused: their figures mean nothing. */
    static Results read(Path folder) throws IOException {
        Map<String, JsonNode> bySuite = new TreeMap<>();
        List<Path> files;
        if (!Files.isDirectory(folder)) {
            return new Results(bySuite);
        }
        try (var paths = Files.list(folder)) {
            files = paths.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            JsonNode node = JSON.readTree(file.toFile());
            if (node.path("parameters").path("quick").asText().equals("true")) {
                throw new IOException(file + " is of a --quick run, which is no result: remove it");
            }
            // later dates sort later
            bySuite.put(name.substring(0, name.length() - DATE_LENGTH), node);
        }
        return new Results(bySuite);
    }

    Optional<JsonNode> suite(String name) {
        return Optional.ofNullable(bySuite.get(name));
    }

    Map<String, JsonNode> all() {
        return bySuite;
    }

    /** The measurements of a suite whose labels have these values: label, value, label, value. */
    List<JsonNode> measurements(String suite, String... labels) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode measurement :
                suite(suite).map(node -> node.path("measurements")).orElse(JSON.nullNode())) {
            boolean matches = true;
            for (int i = 0; i < labels.length; i += 2) {
                matches &= measurement.path(labels[i]).asText().equals(labels[i + 1]);
            }
            if (matches) {
                found.add(measurement);
            }
        }
        return found;
    }

    /** The median of a figure in the one measurement with these labels; NaN where there is none. */
    double median(String suite, String figure, String... labels) {
        return measurements(suite, labels).stream()
                .mapToDouble(
                        measurement -> measurement.path("median").path(figure).asDouble(Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }
}
