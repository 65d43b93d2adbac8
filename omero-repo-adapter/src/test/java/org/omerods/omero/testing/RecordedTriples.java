package org.omerods.omero.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The triples that stand in iRODS after each step of the recorded scenario, as they were written down beforehand. */
public final class RecordedTriples {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<String>> removed = new HashMap<>();
    private final Map<String, Set<String>> added = new HashMap<>();
    private final Set<String> now = new TreeSet<>();

    public static RecordedTriples read() throws IOException {
        RecordedTriples triples = new RecordedTriples();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedTriples.class.getResourceAsStream("recorded-triples.txt")),
                StandardCharsets.UTF_8))) {
            String step = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("# ")) {
                    step = line.substring(2);
                } else if (line.startsWith("+ ") || line.startsWith("- ")) {
                    (line.startsWith("+") ? triples.added : triples.removed)
                            .computeIfAbsent(step, s -> new TreeSet<>())
                            .add(text(line.substring(2)));
                }
            }
        }
        return triples;
    }

    /** All triples after a step, which must be the next one: {@code path: attribute | value | units}. */
    public Set<String> after(String step) {
        now.removeAll(removed.getOrDefault(step, Set.of()));
        now.addAll(added.getOrDefault(step, Set.of()));
        return Set.copyOf(now);
    }

    /** All objects that carry a triple at some time. */
    public Set<String> objects() {
        Set<String> paths = new TreeSet<>();
        added.values().forEach(lines -> lines.forEach(line -> paths.add(line.substring(0, line.indexOf(": omero::")))));
        return paths;
    }

    private static String text(String line) throws IOException {
        JsonNode cells = JSON.readTree(line.replace("$L", "urn:lsid:export.openmicroscopy.org:")
                .replace("$D", "7d0d0e3d-184a-4282-abdf-4850e6c73712")
                .replace("$R", "7427b3bd-9e41-41d6-af2f-bd6a85958528")
                .replace("$W", "https://omero.example.org"));
        return cells.get(0).asText() + ": " + cells.get(1).asText() + " | "
                + cells.get(2).asText() + " | " + cells.get(3).asText();
    }
}
