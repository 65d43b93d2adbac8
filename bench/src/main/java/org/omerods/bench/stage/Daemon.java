package org.omerods.bench.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.omerods.bench.machine.ProcessUsage;

/**
 * A mount as users have it: the released launcher in a process of its own. Its cache and its state lie in a folder of the
 * benchmark, so that no run finds anything of another one.
 */
public final class Daemon implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final Path mountPoint;
    private final Path state;
    private final double startSeconds;

    private Daemon(Process process, Path mountPoint, Path state, double startSeconds) {
        this.process = process;
        this.mountPoint = mountPoint;
        this.state = state;
        this.startSeconds = startSeconds;
    }

    /**
     * Mounts the home collection and waits until a program can use it.
     *
     * @param folder of mount point, cache, state and log; what is there of an earlier mount stays, a warm cache for example
     * @param settings of docs/configuration.md that differ from the defaults
     */
    public static Daemon mount(Zone zone, Path folder, Map<String, String> settings) throws IOException {
        Path mountPoint = folder.resolve("mount");
        Path state = folder.resolve("state");
        Files.createDirectories(mountPoint);
        Files.createDirectories(state);
        List<String> command = new ArrayList<>(Launcher.command());
        command.addAll(List.of(
                "mount",
                "--environment",
                zone.environment().toString(),
                "--password-file",
                zone.passwordFile().toString(),
                "--cache-dir",
                folder.resolve("cache").toString(),
                "--set",
                "staging.directory=" + folder.resolve("staging"),
                "--log-level",
                "warn"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        command.addAll(List.of(Zone.home(), mountPoint.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMERODS_STATE_DIR", state.toString());
        Path log = folder.resolve("log");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long start = System.nanoTime();
        Process process = builder.start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.contains(" is mounted on ")) {
            line = lines.readLine();
        }
        if (line == null || !Files.isDirectory(mountPoint)) {
            process.destroyForcibly();
            throw new IOException("the mount did not start: " + Files.readString(log));
        }
        return new Daemon(process, mountPoint, state, (System.nanoTime() - start) / 1e9);
    }

    /** The mounted home collection. */
    public Path root() {
        return mountPoint;
    }

    /** From the start of the process to a mount that answers. */
    public double startSeconds() {
        return startSeconds;
    }

    public ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    /** What `omerods status` would show, without a process for it. */
    public JsonNode status() throws IOException {
        Path socket;
        try (var files = Files.list(state)) {
            socket = files.filter(file -> file.toString().endsWith(".sock"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the mount has no status socket in " + state));
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return JSON.readTree(Channels.newInputStream(channel).readAllBytes());
        }
    }

    /** Unmounts. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (Files.readString(Path.of("/proc/mounts")).contains(" " + mountPoint + " ")) {
                new ProcessBuilder("umount", "-l", mountPoint.toString())
                        .start()
                        .waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
