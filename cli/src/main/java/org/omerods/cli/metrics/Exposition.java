package org.omerods.cli.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A status document in Prometheus' text format: the figures that the catalogue names. Pure. */
public final class Exposition {
    private Exposition() {}

    /**
     * The text.
     *
     * @param constants labels that every figure gets
     */
    public static String of(JsonNode status, List<Metric> catalogue, Map<String, String> constants) throws IOException {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (Metric metric : catalogue) {
            Map<String, Double> figures = figures(status, metric.path());
            if (!figures.isEmpty()) {
                snapshots.add(snapshot(metric, figures, constants));
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(snapshots));
        return text.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The figures at a path by what {@code *} stands for; by the empty name where there is no {@code *}. */
    static Map<String, Double> figures(JsonNode status, String path) {
        Map<String, JsonNode> at = new LinkedHashMap<>(Map.of("", status));
        for (String step : path.split("\\.")) {
            Map<String, JsonNode> next = new TreeMap<>();
            at.forEach((label, node) -> {
                if (step.equals("*")) {
                    node.properties().forEach(field -> next.put(field.getKey(), field.getValue()));
                } else if (node.has(step)) {
                    next.put(label, node.get(step));
                }
            });
            at = next;
        }
        Map<String, Double> figures = new TreeMap<>();
        at.forEach((label, node) -> {
            if (node.isNumber()) {
                figures.put(label, node.asDouble());
            }
        });
        return figures;
    }

    private static MetricSnapshot snapshot(Metric metric, Map<String, Double> figures, Map<String, String> constants) {
        return switch (metric.kind()) {
            case COUNTER -> {
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(metric.name()).help(metric.help());
                figures.forEach((label, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels(metric, label, constants))
                        .value(value)
                        .build()));
                yield counter.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(metric.name()).help(metric.help());
                figures.forEach((label, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels(metric, label, constants))
                        .value(value)
                        .build()));
                yield gauge.build();
            }
        };
    }

    private static Labels labels(Metric metric, String value, Map<String, String> constants) {
        Labels labels = Labels.EMPTY;
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            labels = labels.add(constant.getKey(), constant.getValue());
        }
        return metric.label().isEmpty() ? labels : labels.add(metric.label(), value);
    }
}
