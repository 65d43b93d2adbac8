package org.omerods.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one repetition, by name; the unit stands in the name. Not thread-safe. */
public final class Repetition {
    private final Map<String, Double> figures = new LinkedHashMap<>();

    public Repetition put(String name, double value) {
        if (Double.isFinite(value)) {
            figures.put(name, value);
        }
        return this;
    }

    public Repetition put(String name, long value) {
        return put(name, (double) value);
    }

    Map<String, Double> figures() {
        return figures;
    }
}
