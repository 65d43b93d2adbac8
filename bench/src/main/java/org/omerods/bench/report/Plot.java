package org.omerods.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A figure over the round-trip time as an SVG: a line for each subject, the vertical axis logarithmic, the horizontal one
 * with equal steps between the times that were measured.
 *
 * @param suite whose results
 * @param file name of the picture
 * @param title above it
 * @param figure whose medians are drawn
 * @param labels conditions: label, value and so on
 */
record Plot(String suite, String file, String title, String figure, List<String> labels) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int TOP = 46;
    private static final int BOTTOM = 56;
    private static final int LEGEND = 230;
    private static final int LEGEND_STEP = 20;
    /** Told apart by people who do not see red and green: Okabe and Ito, 2008. */
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#000000", "#999933"
    };

    Plot {
        labels = List.copyOf(labels);
    }

    static Plot of(String suite, String file, String title, String figure, String... labels) {
        return new Plot(suite, file, title, figure, List.of(labels));
    }

    /** The picture; empty when nothing was measured. */
    String svg(Results results) {
        Set<String> times = new LinkedHashSet<>();
        Map<String, Map<String, Double>> lines = new LinkedHashMap<>();
        for (JsonNode measurement : results.measurements(suite, labels.toArray(String[]::new))) {
            double value = measurement.path("median").path(figure).asDouble(Double.NaN);
            if (value > 0) {
                times.add(measurement.path("rtt_ms").asText());
                lines.computeIfAbsent(measurement.path("subject").asText(), name -> new LinkedHashMap<>())
                        .put(measurement.path("rtt_ms").asText(), value);
            }
        }
        return lines.isEmpty() ? "" : draw(List.copyOf(times), lines);
    }

    private String draw(List<String> times, Map<String, Map<String, Double>> lines) {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (Map<String, Double> line : lines.values()) {
            for (double value : line.values()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        double from = Math.floor(Math.log10(low));
        double to = Math.max(from + 1, Math.ceil(Math.log10(high)));
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        svg.append(text(LEFT, TOP - 22, "start", title + ", " + figure));
        for (int power = (int) from; power <= to; power++) {
            double y = y(power, from, to);
            svg.append(line(LEFT, y, WIDTH - LEGEND, y, "#dddddd"));
            svg.append(text(LEFT - 8, y + 4, "end", Figures.of(Math.pow(10, power))));
        }
        for (int i = 0; i < times.size(); i++) {
            svg.append(text(x(i, times.size()), HEIGHT - BOTTOM + 20, "middle", times.get(i)));
        }
        svg.append(text((LEFT + WIDTH - LEGEND) / 2.0, HEIGHT - 14, "middle", "round-trip time, ms (0: loopback)"));
        int number = 0;
        for (Map.Entry<String, Map<String, Double>> line : lines.entrySet()) {
            String colour = COLOURS[number % COLOURS.length];
            svg.append(curve(times, line.getValue(), colour, from, to));
            double legend = TOP + number * (double) LEGEND_STEP;
            svg.append(line(WIDTH - LEGEND + 14, legend, WIDTH - LEGEND + 34, legend, colour));
            svg.append(text(WIDTH - LEGEND + 40, legend + 4, "start", line.getKey()));
            number++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String curve(List<String> times, Map<String, Double> values, String colour, double from, double to) {
        List<String> points = new ArrayList<>();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < times.size(); i++) {
            Double value = values.get(times.get(i));
            if (value != null) {
                double x = x(i, times.size());
                double y = y(Math.log10(value), from, to);
                points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
                dots.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x, y, colour));
            }
        }
        return "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\""
                + String.join(" ", points) + "\"/>\n" + dots;
    }

    private static double x(int index, int count) {
        int width = WIDTH - LEGEND - LEFT - 40;
        return LEFT + 20 + (count == 1 ? width / 2.0 : index * (double) width / (count - 1));
    }

    private static double y(double power, double from, double to) {
        return HEIGHT - BOTTOM - (power - from) / (to - from) * (HEIGHT - BOTTOM - TOP);
    }

    private static String line(double x1, double y1, double x2, double y2, String colour) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                colour.equals("#dddddd") ? "1" : "2");
    }

    private static String text(double x, double y, String anchor, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                words.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
