package org.omerods.fs.mounted;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that are not ours. */
final class Programs {
    /** The longest that any of them may take; the slow line makes some take long. */
    private static final long PATIENCE_SECONDS = 180;

    private Programs() {}

    /** What a program told, and how it ended. */
    record Result(int code, String out, String err) {}

    /** Skips the test where the program is not installed. */
    static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(there, program + " is not installed");
    }

    static Result run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("omerods-out", ".txt");
        Path err = Files.createTempFile("omerods-err", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + PATIENCE_SECONDS + " s");
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Result run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** Its output; an exception when it failed. */
    static String output(String... command) throws IOException, InterruptedException {
        Result result = run(command);
        if (result.code() != 0) {
            throw new IOException(List.of(command) + " ended with " + result.code() + ": " + result.err());
        }
        return result.out();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
