package org.omerods.omero.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.omerods.omero.remote.OmeroException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@code omero} program (omero-py). Thread-safe: each run is a process in an empty folder of its own, with a
 * session of its own.
 *
 * <ul>
 *   <li>The password goes through the environment ({@code OMERO_PASSWORD}): arguments can be read by every user.
 *   <li>An empty working directory, because Bio-Formats looks there for files that an OME-TIFF names.
 *   <li>A session folder of its own ({@code OMERO_SESSIONDIR}), because a killed import closes the session that it joined.
 * </ul>
 *
 * A run whose thread is interrupted, or that takes too long, is ended together with its children (the importer's JVM).
 */
public final class OmeroProgram {
    private static final Logger log = LoggerFactory.getLogger(OmeroProgram.class);
    /** What a process gets to tidy up before it is killed. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ProgramConfig config;

    public OmeroProgram(ProgramConfig config) {
        this.config = config;
    }

    /** Whom a run acts for; both empty: the service account in its default group. */
    public record As(String user, String group) {
        public static final As SERVICE_ACCOUNT = new As("", "");

        public As {
            if (user.startsWith("-") || group.startsWith("-")) {
                throw new IllegalArgumentException("user '" + user + "' or group '" + group + "' is no name");
            }
        }
    }

    /**
     * A command that talks to the server.
     *
     * @param command the words of the command, {@code import} or {@code obj new}: the log-in goes behind them
     * @param listener hears each line of the standard error, on another thread
     * @throws OmeroException NO_PROGRAM, TIMEOUT (ended after {@code limit}), INTERRUPTED (ended as well)
     */
    public ProgramResult run(
            As as, List<String> command, List<String> arguments, Duration limit, Consumer<String> listener)
            throws OmeroException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("-s", config.host(), "-p", Integer.toString(config.port()), "-u"));
        if (as.user().isEmpty() || as.user().equals(config.user())) {
            words.add(config.user());
        } else {
            words.addAll(List.of(as.user(), "--sudo", config.user()));
        }
        if (!as.group().isEmpty()) {
            words.addAll(List.of("-g", as.group()));
        }
        words.addAll(arguments);
        return execute(words, limit, listener);
    }

    /** A command that needs no server, such as {@code import -f}. */
    public ProgramResult runOffline(List<String> words, Duration limit) throws OmeroException {
        return execute(words, limit, line -> {});
    }

    private ProgramResult execute(List<String> words, Duration limit, Consumer<String> listener) throws OmeroException {
        String operation = "omero " + words.getFirst();
        Path folder = emptyFolder(operation);
        try {
            Process process = start(operation, words, folder);
            try {
                return await(operation, process, limit, listener);
            } finally {
                end(process);
            }
        } finally {
            remove(folder);
        }
    }

    private Path emptyFolder(String operation) throws OmeroException {
        try {
            Files.createDirectories(config.scratch());
            Path folder = Files.createTempDirectory(config.scratch(), "omero-"); // mode 0700
            Files.createDirectory(folder.resolve("sessions"));
            Files.createDirectory(folder.resolve("work"));
            return folder;
        } catch (IOException e) {
            throw new OmeroException(
                    Reason.NO_PROGRAM, operation, config.scratch().toString(), "no folder can be made there: " + e, e);
        }
    }

    private Process start(String operation, List<String> words, Path folder) throws OmeroException {
        List<String> line = new ArrayList<>(List.of(config.executable()));
        line.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.resolve("work").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("OMERO_SESSIONDIR", folder.resolve("sessions").toString());
        if (config.password().isPresent()) {
            builder.environment().put("OMERO_PASSWORD", config.password().reveal());
        }
        log.debug("starting {}", line);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new OmeroException(
                    Reason.NO_PROGRAM, operation, config.executable(), "cannot be started: " + e.getMessage(), e);
        }
    }

    private ProgramResult await(String operation, Process process, Duration limit, Consumer<String> listener)
            throws OmeroException {
        BoundedLines output = BoundedLines.of(process.getInputStream(), operation + " output", line -> {});
        BoundedLines errors = BoundedLines.of(process.getErrorStream(), operation + " errors", listener);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OmeroException(
                        Reason.TIMEOUT, operation, config.host(), "did not end within " + limit + " and was ended");
            }
            return new ProgramResult(process.exitValue(), output.await(FAREWELL), errors.await(FAREWELL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OmeroException(Reason.INTERRUPTED, operation, config.host(), "interrupted and ended", e);
        }
    }

    /** Ends what still runs: first the children, which the launcher would orphan. */
    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        if (all.stream().noneMatch(ProcessHandle::isAlive)) {
            return;
        }
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        for (ProcessHandle handle : all) {
            try {
                long left = Math.max(1, deadline - System.nanoTime());
                var _ = handle.onExit().get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                handle.destroyForcibly();
            } catch (InterruptedException e) {
                interrupted = true;
                handle.destroyForcibly();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("folder {} of an ended omero program stays: {}", folder, e.toString());
        }
    }
}
