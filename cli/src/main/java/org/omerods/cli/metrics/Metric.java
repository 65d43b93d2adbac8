package org.omerods.cli.metrics;

import static java.util.Objects.requireNonNull;

/**
 * One metric: where its figures stand in a status document, and what monitoring calls it.
 *
 * @param path of the figure, dots between; {@code *} is any name, which becomes the value of the label
 * @param name in the exposition, without the suffix {@code _total}, which counters get
 * @param label name of the label that {@code *} fills; empty where there is none
 */
public record Metric(String path, Kind kind, String name, String label, String help) {
    /** What figures do over time. */
    public enum Kind {
        /** Only grows, until a restart. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    public Metric {
        requireNonNull(kind, "kind");
        if (path.contains("*") == label.isEmpty()) {
            throw new IllegalArgumentException(name + ": a path with * needs a label, and one without has none");
        }
    }

    static Metric counter(String path, String name, String help) {
        return new Metric(path, Kind.COUNTER, name, "", help);
    }

    static Metric counter(String path, String name, String label, String help) {
        return new Metric(path, Kind.COUNTER, name, label, help);
    }

    static Metric gauge(String path, String name, String help) {
        return new Metric(path, Kind.GAUGE, name, "", help);
    }

    static Metric gauge(String path, String name, String label, String help) {
        return new Metric(path, Kind.GAUGE, name, label, help);
    }

    /** As it stands in the exposition. */
    public String exposedName() {
        return kind == Kind.COUNTER ? name + "_total" : name;
    }
}
