package org.omerods.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other people's programs, and ends them when the demo ends. */
final class Programs {
    /** A tile of a slide takes a second; a program that needs longer than this hangs. */
    private static final long TIMEOUT_MINUTES = 5;

    private final Teardown teardown;

    Programs(Teardown teardown) {
        this.teardown = teardown;
    }

    /** Where a program is on the PATH. */
    static Optional<Path> find(String name) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed, errors included
     * @throws IOException when it fails; the message holds what it printed
     */
    String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        teardown.running(process::destroyForcibly);
        process.getOutputStream().close();
        String output;
        try (var stream = process.getInputStream()) {
            output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " did not end within " + TIMEOUT_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }
}
