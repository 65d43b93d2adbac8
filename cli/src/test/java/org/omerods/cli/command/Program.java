package org.omerods.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.omerods.zone.EmbeddedZone;

/** The real command in processes of their own, with their state, cache and staging area in a folder of the test. */
final class Program {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;

    /** @param folder empty, or of another program that is to be continued */
    Program(Path folder) {
        this.folder = folder;
    }

    /** How a command ended, and what it printed and complained of. */
    record Result(int code, String out) {}

    /**
     * A command that logs in to a zone as its administrator.
     *
     * @param password file of the password
     * @param more what follows
     */
    static List<String> login(String command, EmbeddedZone zone, Path password, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--host",
                zone.host(),
                "--port",
                Integer.toString(zone.port()),
                "--zone",
                zone.zoneName(),
                "--user",
                "rods",
                "--password-file",
                password.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.omerods.cli.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMERODS_STATE_DIR", folder.resolve("state").toString());
        builder.environment()
                .put("OMERODS_CACHE_DIRECTORY", folder.resolve("cache").toString());
        builder.environment()
                .put("OMERODS_STAGING_DIRECTORY", folder.resolve("staging").toString());
        return builder;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    Result run(List<String> arguments) throws IOException, InterruptedException {
        return run(command(arguments));
    }

    /** The same of any other program. */
    static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out);
    }

    /** A mount in the foreground that works: a stat would not tell, the kernel answers it also when the daemon is dead. */
    Process mounted(List<String> arguments) throws IOException {
        Path out = Files.createTempFile(Files.createDirectories(folder), "out", ".txt");
        Process process = command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> Files.readString(out).contains("Ctrl-C unmounts") || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
        return process;
    }
}
