package org.omerods.bench.report;

import java.util.Locale;

/** Numbers for people: three figures, no more. */
final class Figures {
    private static final double THOUSAND = 1_000;
    private static final double HUNDRED = 100;
    private static final double TEN = 10;

    private Figures() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        if (size >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String format = size >= HUNDRED ? "%.0f" : size >= TEN ? "%.1f" : size == 0 ? "%.0f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
