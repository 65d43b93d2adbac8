package org.omerods.bench.result;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.omerods.bench.machine.Machine;

/** Collects what one run of a suite measured and writes it. Not thread-safe. */
public final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String suite;
    private final ObjectNode machine;
    private final ObjectNode versions;
    private final Map<String, String> parameters;
    private final Instant started = Instant.now();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Looks at the machine before anything runs on it. */
    public ResultFile(String suite, Path checkout, Map<String, String> parameters) throws IOException {
        this.suite = suite;
        this.machine = Machine.describe();
        this.versions = Machine.versions(checkout);
        this.parameters = parameters;
    }

    public void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** Something that a reader of the figures must know: what was left out, and why. */
    public void note(String text) {
        notes.add(text);
    }

    /** Writes {@code <suite>-<date>.json}; returns its path. */
    public Path write(Path folder) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("suite", suite);
        node.put("started", started.toString());
        node.put("seconds", (Instant.now().toEpochMilli() - started.toEpochMilli()) / 1000);
        node.set("machine", machine);
        node.set("versions", versions);
        ObjectNode chosen = node.putObject("parameters");
        parameters.forEach(chosen::put);
        notes.forEach(node.withArray("notes")::add);
        measurements.forEach(measurement -> node.withArray("measurements").add(measurement.toJson()));
        Files.createDirectories(folder);
        Path file = folder.resolve(suite + "-" + LocalDate.now(ZoneOffset.UTC) + ".json");
        Files.writeString(file, JSON.writeValueAsString(node) + "\n");
        return file;
    }
}
