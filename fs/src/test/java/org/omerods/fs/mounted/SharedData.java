package org.omerods.fs.mounted;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real slides beside the checkout, where present: read in place, never copied into the project. */
final class SharedData {
    private SharedData() {}

    /** The folder of slides; skips the test where there is none. */
    static Path slides() {
        String said = System.getProperty("omerods.shared", "");
        Path shared = said.isEmpty() ? Path.of("../../shared") : Path.of(said);
        Path slides = shared.resolve("slides").toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(slides), "no real slides: there is no folder " + slides);
        return slides;
    }

    static List<Path> slideFiles() throws IOException {
        try (Stream<Path> files = Files.list(slides())) {
            return files.filter(file -> file.toString().matches(".*\\.(ndpi|svs)"))
                    .sorted()
                    .toList();
        }
    }
}
