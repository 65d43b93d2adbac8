package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Runs programs that are not ours on a mount, each with a time limit. */
final class Shell {
    private static final long LIMIT_SECONDS = 60;

    private Shell() {}

    /** What a program did; output as ISO 8859-1, which keeps every byte. */
    record Outcome(int exit, String output, String complaints) {}

    static Outcome run(String... command) throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("omerods-shell", ".err");
        Path output = Files.createTempFile("omerods-shell", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.redirectOutput(output.toFile())
                    .redirectError(complaints.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail("no end after %s s: %s", LIMIT_SECONDS, String.join(" ", command));
            }
            return new Outcome(process.exitValue(), Files.readString(output, ISO_8859_1), Files.readString(complaints));
        } finally {
            Files.delete(complaints);
            Files.delete(output);
        }
    }

    /** Fails the test unless the program ends well. */
    static String check(String... command) throws IOException, InterruptedException {
        Outcome outcome = run(command);
        Assertions.assertThat(outcome.exit())
                .as("%s: %s", String.join(" ", command), outcome.complaints())
                .isZero();
        return outcome.output();
    }

    /** Starts one that goes on. */
    static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The command that runs a class of the tests in a JVM of its own. */
    static String[] java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    static boolean has(String program) throws IOException, InterruptedException {
        return run("sh", "-c", "command -v " + program).exit() == 0;
    }
}
