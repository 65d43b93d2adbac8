package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that are not ours. */
final class Programs {
    /** No program of these tests takes longer on a busy machine. */
    private static final int LIMIT_MINUTES = 5;

    private Programs() {}

    static boolean isPresent(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return Files.isExecutable(Path.of(program));
    }

    /** Runs {@code command}; returns what it printed, line by line. */
    static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = new ArrayList<>();
        try (var reader = process.inputReader(UTF_8)) {
            reader.lines().forEach(lines::add);
        }
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end");
        }
        return lines;
    }
}
