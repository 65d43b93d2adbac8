package org.omerods.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One figure of a suite as a table: a row for each combination of labels, a column for each value of one label.
 *
 * @param suite whose results
 * @param title above the table
 * @param figure whose medians stand in the cells
 * @param column label that is spread over the columns
 * @param labels further conditions: label, value and so on
 */
record Table(String suite, String title, String figure, String column, List<String> labels) {
    Table {
        labels = List.copyOf(labels);
    }

    static Table of(String suite, String title, String figure, String column, String... labels) {
        return new Table(suite, title, figure, column, List.of(labels));
    }

    /** As Markdown; empty when nothing was measured. */
    String markdown(Results results) {
        List<JsonNode> measurements = results.measurements(suite, labels.toArray(String[]::new));
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (JsonNode measurement : measurements) {
            JsonNode median = measurement.path("median").path(figure);
            if (median.isMissingNode()) {
                continue;
            }
            String place = measurement.path(column).asText();
            columns.add(place);
            rows.computeIfAbsent(row(measurement), name -> new LinkedHashMap<>())
                    .put(place, Figures.of(median.asDouble()));
        }
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("**" + title + "**\n\n| " + columnTitle() + " |");
        columns.forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n| --- |").append(" ---: |".repeat(columns.size())).append('\n');
        rows.forEach((name, cells) -> {
            text.append("| ").append(name).append(" |");
            columns.forEach(place ->
                    text.append(' ').append(cells.getOrDefault(place, "")).append(" |"));
            text.append('\n');
        });
        return text.append('\n').toString();
    }

    private String columnTitle() {
        return switch (column) {
            case "rtt_ms" -> "RTT, ms";
            default -> column;
        };
    }

    private String row(JsonNode measurement) {
        List<String> words = new ArrayList<>();
        measurement.properties().forEach(property -> {
            String name = property.getKey();
            boolean shown = property.getValue().isTextual() && !name.equals(column) && !labels.contains(name);
            if (shown) {
                words.add(
                        name.equals("readers")
                                ? property.getValue().asText() + " readers"
                                : property.getValue().asText());
            }
        });
        return String.join(", ", words);
    }
}
