package org.omerods.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.omerods.bench.machine.Shell;

/** A person who pans and zooms, by OpenSlide's Python binding: reading and decoding. */
public final class OpenSlideProgram {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "/org/omerods/bench/pan-and-zoom.py";

    private OpenSlideProgram() {}

    /** What a look took, and a digest of the pixels seen. */
    public record Look(double seconds, String digest) {}

    /** Whether it is installed. */
    public static boolean isInstalled() throws InterruptedException {
        try {
            String version = Shell.run(List.of(PYTHON, "-c", "import openslide; print(openslide.__version__)"));
            return !version.isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    public static Look look(Path slide) throws IOException, InterruptedException {
        Path script = Files.createTempFile("pan-and-zoom", ".py");
        try (InputStream source = OpenSlideProgram.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IOException(SCRIPT + " is missing among the resources of the benchmark");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            String[] words = Shell.run(List.of(PYTHON, script.toString(), slide.toString()))
                    .strip()
                    .split(" ");
            return new Look(Double.parseDouble(words[0]), words[1]);
        } finally {
            Files.deleteIfExists(script);
        }
    }
}
