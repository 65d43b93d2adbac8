package org.omerods.omero.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.omero.remote.ProgramResult;

/** Reads what a real omero program printed, where such recordings are present. */
final class RecordedImportsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, List<ProgramResult>> runs = new TreeMap<>();

    @BeforeEach
    void read() throws Exception {
        String named = System.getProperty("omerods.shared", "");
        Path file = (named.isEmpty() ? Path.of("..", "..", "shared") : Path.of(named))
                .resolve("omero-recordings/steps.jsonl");
        assumeTrue(Files.exists(file), file + " is not here");
        for (String line : Files.readAllLines(file)) {
            JsonNode step = MAPPER.readTree(line);
            for (JsonNode command : step.path("commands")) {
                if (command.path("argv").path(1).asText().equals("import")) {
                    runs.computeIfAbsent(step.path("step").asText(), s -> new ArrayList<>())
                            .add(new ProgramResult(
                                    command.path("rc").asInt(),
                                    command.path("stdout").asText().lines().toList(),
                                    command.path("stderr").asText().lines().toList()));
                }
            }
        }
    }

    private ImportOutput output(String step) {
        return ImportOutput.of(runs.getOrDefault(step, List.of()).getFirst());
    }

    @Test
    void whatWasImportedIsRead() {
        assertThat(output("s011").filesets()).containsExactly(new ImportedFileset(2, List.of(2L, 3L, 4L), List.of()));
        assertThat(output("s011").done()).containsExactly("/irods/tempZone/home/rods/slides/x.ndpi");
        assertThat(output("s038").filesets()).containsExactly(new ImportedFileset(35, List.of(), List.of(1L)));
        assertThat(output("s037").filesets()).hasSize(19);
        assertThat(output("s011").problem()).isEmpty();
    }

    @Test
    void whatWasNotImportedIsToldWithItsReason() {
        assertThat(output("s018").problem()).contains("no reader of OMERO recognises it");
        assertThat(output("s036").problem()).contains("not there");
        assertThat(output("s019").problem()).contains("No IFDs found");
        assertThat(output("s034").problem()).contains("incorrect header check");
        assertThat(output("s033").problem()).contains("Cannot link to target");
        for (String failed : List.of("s015", "s018", "s019", "s033", "s034", "s036", "s167", "s170")) {
            assertThat(output(failed).filesets()).as(failed).isEmpty();
            assertThat(output(failed).problem()).as(failed).isNotEmpty();
        }
    }

    @Test
    void whatWasLeftOutIsNoProblem() {
        assertThat(output("s022").alreadyThere()).containsExactly("irods/tempZone/home/rods/slides/x.ndpi");
        assertThat(output("s022").problem()).isEmpty();
    }

    @Test
    void filesetsAreListedAsTheImporterGroupsThem() {
        List<FilesetCandidate> multi = FilesetCandidate.parse(
                runs.getOrDefault("s164", List.of()).getFirst().output());
        assertThat(multi).hasSize(1);
        assertThat(multi.getFirst().keyFile()).isEqualTo("/irods/tempZone/home/rods/multi/stack.companion.ome");
        assertThat(multi.getFirst().files()).hasSize(7);
    }
}
