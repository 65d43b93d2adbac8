package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.omerods.cli.daemon.MountRecord;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.fs.fuse.Unmounting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a mount and waits for its daemon. */
@Command(
        name = "unmount",
        description = "Unmount, and wait until the daemon has ended.",
        mixinStandardHelpOptions = true)
public final class UnmountCommand implements Callable<Integer> {
    /** A daemon needs this long at most: it closes connections and block files. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(paramLabel = "MOUNTPOINT", description = "Where it is mounted.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path mountPoint;

    @Option(names = "--lazy", description = "Take it away even while programs have files open.")
    private boolean lazy;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path point = mountPoint.toAbsolutePath().normalize();
        MountRegistry registry = new MountRegistry(StateFolder.open(System.getenv()));
        Optional<MountRecord> known = registry.find(point);
        if (lazy) {
            Unmounting.lazily(point);
        } else {
            Unmounting.plainly(point);
        }
        if (known.isPresent() && known.get().alive()) {
            waitFor(known.get());
        }
        registry.remove(point);
        PrintWriter out = spec.commandLine().getOut();
        out.println("unmounted " + point);
        out.flush();
        return ExitCodes.OK;
    }

    private static void waitFor(MountRecord mount) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(mount.pid());
        if (process.isEmpty()) {
            return;
        }
        try {
            process.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "unmount " + mount.mountPoint() + ": it is gone, but its process " + mount.pid()
                            + " still runs after " + PATIENCE.toSeconds() + " s; its log may say why, kill "
                            + mount.pid() + " ends it",
                    e);
        } catch (ExecutionException e) {
            throw new IOException("unmount " + mount.mountPoint() + ": " + e.getMessage(), e);
        }
    }
}
