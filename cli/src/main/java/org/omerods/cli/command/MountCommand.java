package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.omerods.cli.Logging;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.DetachedProcess;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.mount.MountSession;
import org.omerods.cli.mount.Source;
import org.omerods.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mounts a collection. */
@Command(
        name = "mount",
        description = "Mount an iRODS collection; ends with Ctrl-C, SIGTERM or `omerods unmount`.",
        mixinStandardHelpOptions = true)
public final class MountCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(MountCommand.class);
    /** As long as a signal waits for a login that is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "COLLECTION",
            description = "Collection to mount, /zone/home/you; or file:/directory for a local tree.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private String collection;

    @Parameters(index = "1", paramLabel = "MOUNTPOINT", description = "Existing directory.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path mountPoint;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = {"-d", "--daemon"},
            description = "Return when the mount works and serve it in the background.")
    private boolean daemon;

    @Option(names = "--detached-child", hidden = true)
    private boolean detachedChild;

    @Option(names = "--driver", paramLabel = "NAME", description = "auto, dev (/dev/fuse) or jnr (libfuse 2).")
    private String driver = "";

    @Option(names = "--read-only", description = "Refuse every change before it reaches the network.")
    private boolean readOnly;

    @Option(names = "--allow-other", description = "Let other users of this machine enter.")
    private boolean allowOther;

    @Option(names = "--cache-dir", paramLabel = "DIR", description = "Folder of the block files.")
    private String cacheDirectory = "";

    @Option(names = "--cache-size", paramLabel = "SIZE", description = "Room of the block files, such as 50GiB.")
    private String cacheSize = "";

    @Override
    public Integer call() throws ConfigurationException, StorageException, IOException, InterruptedException {
        Configuration configuration = options.load(flags());
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        Path point = mountPoint.toAbsolutePath().normalize();
        if (daemon && !detachedChild) {
            return startDaemon(configuration, point);
        }
        if (detachedChild) {
            DetachedProcess.detach();
        }
        return serve(configuration, point);
    }

    private int serve(Configuration configuration, Path point)
            throws ConfigurationException, StorageException, IOException, InterruptedException {
        String logFile = detachedChild ? logFile(configuration, point).toString() : "";
        // Before the mount is there: a signal that comes in between must find somebody to unmount it.
        CompletableFuture<MountSession> opened = new CompletableFuture<>();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("omerods-shutdown").unstarted(() -> closeWhenOpen(opened)));
        try (Source source = Source.open(configuration, collection);
                MountSession session = MountSession.open(configuration, source, point, logFile)) {
            opened.complete(session);
            if (detachedChild) {
                DetachedProcess.ready();
            } else {
                PrintWriter out = spec.commandLine().getOut();
                out.println(source.name() + " is mounted on " + point + "; Ctrl-C unmounts");
                out.flush();
            }
            session.awaitUnmounted();
        } finally {
            opened.cancel(false);
        }
        return ExitCodes.OK;
    }

    private static void closeWhenOpen(CompletableFuture<MountSession> opened) {
        try {
            opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            log.debug("nothing to unmount", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int startDaemon(Configuration configuration, Path point) throws IOException {
        List<String> arguments =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        arguments.add("--detached-child");
        Path file = logFile(configuration, point);
        long pid = DetachedProcess.start(arguments, file);
        PrintWriter out = spec.commandLine().getOut();
        out.println(collection + " is mounted on " + point + " (process " + pid + ", log " + file + ")");
        out.println("`omerods unmount " + point + "` ends it");
        out.flush();
        return ExitCodes.OK;
    }

    private static Path logFile(Configuration configuration, Path point) throws IOException {
        Path folder = StateFolder.open(System.getenv()).path();
        Path file = configuration
                .path(Settings.LOG_FILE)
                .orElseGet(() -> folder.resolve(point.toString().substring(1).replace('/', '-') + ".log"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file;
    }

    private List<SettingValue> flags() {
        List<SettingValue> flags = new ArrayList<>();
        ConfigurationOptions.add(flags, Settings.MOUNT_DRIVER, driver, "--driver");
        ConfigurationOptions.add(flags, Settings.MOUNT_READ_ONLY, readOnly ? "true" : "", "--read-only");
        ConfigurationOptions.add(flags, Settings.MOUNT_ALLOW_OTHER, allowOther ? "true" : "", "--allow-other");
        ConfigurationOptions.add(flags, Settings.CACHE_DIRECTORY, cacheDirectory, "--cache-dir");
        ConfigurationOptions.add(flags, Settings.CACHE_MAX_SIZE, cacheSize, "--cache-size");
        return flags;
    }
}
