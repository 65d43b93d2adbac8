package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.omerods.cli.Logging;
import org.omerods.cli.companion.ActionTasks;
import org.omerods.cli.companion.CompanionParts;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.mount.IrodsSettings;
import org.omerods.cli.sync.CompanionListeners;
import org.omerods.cli.sync.CompanionSettings;
import org.omerods.cli.sync.OneRoundReport;
import org.omerods.cli.sync.StatusFile;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.sync.Companion;
import org.omerods.omero.sync.MirrorTasks;
import org.omerods.omero.sync.SyncConfig;
import org.omerods.omero.sync.SyncStatus;
import org.omerods.omero.sync.SyncTask;
import org.omerods.storage.StorageException;
import org.omerods.storage.irods.IrodsStorage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the companion of an OMERO server. */
@Command(
        name = "sync",
        description =
                "Keep triples in iRODS as an OMERO server says: identities, containers, annotations. Runs until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class SyncCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @ArgGroup
    private Way way = new Way();

    private static final class Way {
        @Option(
                names = "--once",
                description = "Do what there is to do, and end; imports that are requested are waited for.")
        private boolean once;

        @Option(
                names = "--reconcile",
                description = "Compare everything, and end; where a companion runs, let that one do it.")
        private boolean reconcile;

        @Option(names = "--status", description = "Show what the companion on this machine tells about itself.")
        private boolean status;
    }

    @Override
    public Integer call()
            throws ConfigurationException, StorageException, IOException, SQLException, InterruptedException {
        Path statusFile = StateFolder.open(System.getenv()).path().resolve("sync-status.json");
        PrintWriter out = spec.commandLine().getOut();
        if (way.status) {
            return showStatus(statusFile, out);
        }
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        SyncConfig config = CompanionSettings.of(configuration);
        SyncStatus status = new SyncStatus(InstantSource.system());
        try (IrodsStorage storage = IrodsStorage.connect(IrodsSettings.of(configuration));
                OmeroDatabase database = OmeroDatabase.open(config.database());
                MirrorTasks mirror =
                        new MirrorTasks(config, database, storage.avus(), status, InstantSource.system())) {
            if (way.reconcile) {
                return reconcile(mirror, status, out);
            }
            storage.checkLogin();
            try (ActionTasks actions = ActionTasks.open(CompanionParts.open(configuration), configuration, status)) {
                if (way.once) {
                    boolean well = new OneRoundReport(status, out).run(mirror, actions.tasks());
                    return well ? ExitCodes.OK : ExitCodes.FAILED;
                }
                List<SyncTask> tasks = new ArrayList<>(List.of(mirror, new StatusFile(statusFile, status)));
                tasks.addAll(actions.tasks());
                run(configuration, tasks, status, statusFile, out);
            }
        }
        return ExitCodes.OK;
    }

    private static int reconcile(MirrorTasks mirror, SyncStatus status, PrintWriter out)
            throws SQLException, StorageException {
        mirror.requestReconciliation();
        mirror.pass();
        if (mirror.task().hasWork()) {
            out.println(OneRoundReport.mirrored(status));
        } else {
            out.println("another companion does the work and was asked to compare everything");
        }
        return ExitCodes.OK;
    }

    private void run(
            Configuration configuration,
            List<? extends SyncTask> tasks,
            SyncStatus status,
            Path statusFile,
            PrintWriter out)
            throws InterruptedException, IOException, ConfigurationException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("omerods-shutdown").unstarted(() -> {
                    end.countDown();
                    awaitQuietly(ended);
                }));
        Companion companion = Companion.start(status, tasks);
        try (CompanionListeners _ = CompanionListeners.open(configuration, companion, status)) {
            out.println("the companion runs; Ctrl-C ends it");
            out.flush();
            end.await();
        } finally {
            companion.close();
            Files.deleteIfExists(statusFile);
            ended.countDown(); // the JVM ends with that
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int showStatus(Path file, PrintWriter out) throws IOException {
        if (!Files.exists(file)) {
            out.println("no companion runs on this machine");
            return ExitCodes.FAILED;
        }
        out.print(Files.readString(file));
        out.flush();
        return ExitCodes.OK;
    }
}
