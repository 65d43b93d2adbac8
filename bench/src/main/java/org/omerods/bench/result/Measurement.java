package org.omerods.bench.result;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing measured several times: labels that say what, and the figures of each repetition. Not thread-safe. */
public final class Measurement {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double PRECISION = 10_000;
    private static final int SHOWN_FIGURES = 6;

    private final Map<String, String> labels;
    private final List<Repetition> repetitions = new ArrayList<>();

    private Measurement(Map<String, String> labels) {
        this.labels = labels;
    }

    /** Of a subject ({@code mount}, {@code raw client}) and label, value, label, value and so on. */
    public static Measurement of(String subject, String... labels) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("subject", subject);
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new Measurement(map);
    }

    public void add(Repetition repetition) {
        repetitions.add(repetition);
    }

    /** For progress: labels and the medians of the first figures. */
    public String summary() {
        StringBuilder text = new StringBuilder(String.join(", ", labels.values()));
        names().stream()
                .filter(name -> !name.equals("bytes"))
                .limit(SHOWN_FIGURES)
                .forEach(name -> text.append(String.format("  %s %.4g", name, median(name))));
        return text.toString();
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        repetitions.forEach(repetition -> names.addAll(repetition.figures().keySet()));
        return names;
    }

    private double median(String name) {
        return Statistics.median(repetitions.stream()
                .map(Repetition::figures)
                .filter(figures -> figures.containsKey(name))
                .map(figures -> figures.getOrDefault(name, Double.NaN))
                .toList());
    }

    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        labels.forEach(node::put);
        ObjectNode medians = node.putObject("median");
        names().forEach(name -> medians.put(name, rounded(median(name))));
        ArrayNode all = node.putArray("repetitions");
        for (Repetition repetition : repetitions) {
            ObjectNode one = all.addObject();
            repetition.figures().forEach((name, value) -> one.put(name, rounded(value)));
        }
        return node;
    }

    private static double rounded(double value) {
        return Math.abs(value) >= PRECISION ? Math.rint(value) : Math.rint(value * PRECISION) / PRECISION;
    }
}
