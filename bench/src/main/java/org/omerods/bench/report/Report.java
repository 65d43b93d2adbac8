package org.omerods.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Everything in the documents that comes from results: the parts of docs/benchmarking.md between its marks, and the plots. */
public final class Report {
    private static final List<Table> TABLES = List.of(
            Table.of("network", "Raw TCP through the forwarder, MiB/s", "MiB/s", "rtt_ms"),
            Table.of("network", "TCP connect, ms", "connect ms", "rtt_ms"),
            Table.of("start", "Start to a usable mount, s", "start s", "rtt_ms"),
            Table.of("start", "Memory after the start, MiB", "rss MiB", "rtt_ms"),
            Table.of("sequential", "Sequential, cold, MiB/s", "MiB/s", "rtt_ms", "cache", "cold"),
            Table.of("sequential", "Sequential, daemon CPU seconds per GiB", "cpu s/GiB", "rtt_ms"),
            Table.of("sequential", "Sequential, warm: page cache, MiB/s", "MiB/s", "rtt_ms", "cache", "page cache"),
            Table.of(
                    "sequential",
                    "Sequential, warm: block file, pages dropped, MiB/s",
                    "MiB/s",
                    "rtt_ms",
                    "cache",
                    "block file"),
            Table.of("sequential", "Local file, MiB/s", "MiB/s", "rtt_ms", "subject", "local file"),
            Table.of("sequential", "Bytes fetched per byte delivered", "fetched/delivered", "rtt_ms", "cache", "cold"),
            Table.of("sequential", "Requests for the whole file", "requests", "rtt_ms", "cache", "cold"),
            Table.of("warm", "Wholly in the cache, pages dropped, MiB/s", "MiB/s", "rtt_ms"),
            Table.of("warm", "Wholly in the cache, pages dropped, p50 ms", "p50 ms", "rtt_ms"),
            Table.of("random", "Random reads, cold, p50 ms", "p50 ms", "rtt_ms"),
            Table.of("random", "Random reads, cold, p99 ms", "p99 ms", "rtt_ms"),
            Table.of("random", "Random reads, cold, operations/s", "ops/s", "rtt_ms"),
            Table.of("random", "Random reads: bytes fetched per byte delivered", "fetched/delivered", "rtt_ms"),
            Table.of("random", "Random reads: requests per operation", "requests/op", "rtt_ms"),
            Table.of("open", "Open and first byte, p50 ms", "p50 ms", "rtt_ms"),
            Table.of("open", "Open and first byte, p99 ms", "p99 ms", "rtt_ms"),
            Table.of("small", "Small files read whole one after the other, files/s", "ops/s", "rtt_ms"),
            Table.of("small", "Small files read whole one after the other, p99 ms", "p99 ms", "rtt_ms"),
            Table.of("small", "Small files: requests per file", "requests/op", "rtt_ms"),
            Table.of("readers", "64 readers of one slide, MiB/s together", "MiB/s", "rtt_ms"),
            Table.of("readers", "64 readers of one slide, p99 ms of a read", "p99 ms", "rtt_ms"),
            Table.of("list", "Listings, seconds", "seconds", "rtt_ms"),
            Table.of("list", "Listings, entries/s", "entries/s", "rtt_ms"),
            Table.of("wsi", "Slides: p50 ms of one read or tile", "p50 ms", "rtt_ms"),
            Table.of("wsi", "Slides: seconds of the whole", "seconds", "rtt_ms"),
            Table.of("wsi", "Slides: bytes fetched per byte delivered", "fetched/delivered", "rtt_ms"),
            Table.of("traces", "Reads of programs replayed, seconds", "seconds", "rtt_ms"),
            Table.of(
                    "traces",
                    "Reads of programs replayed: bytes fetched per byte delivered",
                    "fetched/delivered",
                    "rtt_ms"),
            Table.of("fio-mountpoint", "fio's jobs: read, MiB/s", "MiB/s", "cache"),
            Table.of("fio-mountpoint", "fio's jobs: written, MiB/s", "written MiB/s", "cache"),
            Table.of("fio-mountpoint", "fio's jobs: p50 ms of a read", "p50 ms", "cache"),
            Table.of("fio-mountpoint", "fio's jobs: p99 ms of a read", "p99 ms", "cache"),
            Table.of("fio-mountpoint", "fio's jobs: bytes fetched per byte read", "fetched/delivered", "cache"),
            Table.of("write", "Writing, MiB/s", "MiB/s", "rtt_ms"),
            Table.of("write", "Writing, operations/s", "ops/s", "rtt_ms"),
            Table.of("write", "Untar of a source tree, seconds", "seconds", "rtt_ms", "what", "untar of a source tree"),
            Table.of("companion", "Companion, images/s", "images/s", "rtt_ms"),
            Table.of("companion", "Companion: requests for each image", "requests/op", "rtt_ms"),
            Table.of("companion", "Companion: memory after the first start, MiB", "heap MiB", "rtt_ms"),
            Table.of("companion", "Companion: processor seconds, zone included", "cpu s", "rtt_ms"),
            Table.of("micro", "Micro-benchmarks, ns per operation", "ns/op", "unit"),
            Table.of("soak", "Soak: memory, MiB", "anonymous MiB", "part"));

    private static final List<Plot> PLOTS = List.of(
            Plot.of("sequential", "bench-sequential.svg", "One sequential reader, cold", "MiB/s", "cache", "cold"),
            Plot.of(
                    "random",
                    "bench-random.svg",
                    "256 KiB at random, 1 reader, cold",
                    "p50 ms",
                    "read",
                    "256 KiB",
                    "readers",
                    "1"),
            Plot.of(
                    "random",
                    "bench-random-16.svg",
                    "64 KiB at random, 16 readers, cold",
                    "ops/s",
                    "read",
                    "64 KiB",
                    "readers",
                    "16"));

    private final Results results;
    private final Properties notes;

    private Report(Results results, Properties notes) {
        this.results = results;
        this.notes = notes;
    }

    /** From the results of a folder and the remarks of people, which may be missing. */
    public static Report of(Path resultsFolder, Path notesFile) throws IOException {
        Properties notes = new Properties();
        if (Files.exists(notesFile)) {
            try (Reader reader = Files.newBufferedReader(notesFile)) {
                notes.load(reader);
            }
        }
        return new Report(Results.read(resultsFolder), notes);
    }

    /** The document with what stands between {@code <!-- bench: goals begin -->} and its end renewed, and so on. */
    public String apply(String document) {
        String renewed = document;
        for (Map.Entry<String, String> part : parts().entrySet()) {
            String begin = "<!-- bench: " + part.getKey() + " begin -->\n";
            String end = "<!-- bench: " + part.getKey() + " end -->";
            int from = renewed.indexOf(begin);
            int to = renewed.indexOf(end);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("the document lacks the marks of part '" + part.getKey() + "'");
            }
            renewed = renewed.substring(0, from + begin.length()) + part.getValue() + renewed.substring(to);
        }
        return renewed;
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("goals", Goals.markdown(results, notes));
        parts.put("results", results());
        return parts;
    }

    private String results() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> suite : results.all().entrySet()) {
            text.append("### ").append(suite.getKey()).append("\n\n").append(provenance(suite.getValue()));
            for (Table table : TABLES) {
                if (table.suite().equals(suite.getKey())) {
                    text.append(table.markdown(results));
                }
            }
            for (Plot plot : PLOTS) {
                if (plot.suite().equals(suite.getKey()) && !plot.svg(results).isEmpty()) {
                    text.append("![")
                            .append(plot.title())
                            .append("](")
                            .append(plot.file())
                            .append(")\n\n");
                }
            }
        }
        return text.isEmpty() ? "No results are committed yet.\n" : text.toString();
    }

    private static String provenance(JsonNode suite) {
        JsonNode machine = suite.path("machine");
        StringBuilder text = new StringBuilder(String.format(
                "%s, %s cores of %s, %s memory, Linux %s, load at the start %s, OMERODS %s, %s repetitions.%n%n",
                suite.path("started").asText().substring(0, 10),
                machine.path("cores").asText(),
                machine.path("cpu").asText(),
                machine.path("memory").asText(),
                machine.path("kernel").asText(),
                machine.path("load").asText().split(" ")[0],
                suite.path("versions").path("omerods").asText(),
                suite.path("parameters").path("repetitions").asText()));
        for (JsonNode note : suite.path("notes")) {
            text.append("Note: ").append(note.asText()).append(".\n\n");
        }
        return text.toString();
    }

    /** The plots by file name. */
    public Map<String, String> plots() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Plot plot : PLOTS) {
            String svg = plot.svg(results);
            if (!svg.isEmpty()) {
                files.put(plot.file(), svg);
            }
        }
        return files;
    }
}
