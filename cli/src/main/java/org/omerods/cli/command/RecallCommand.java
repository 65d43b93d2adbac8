package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.companion.CompanionParts;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.terminal.Bytes;
import org.omerods.omero.promotion.PromotionPlace;
import org.omerods.omero.promotion.Recall;
import org.omerods.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings promoted files back to the local disk. */
@Command(
        name = "recall",
        description = "Make local files of links in OMERO's managed repository again; the objects in iRODS stay.",
        mixinStandardHelpOptions = true)
public final class RecallCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "In the repository: absolute, or as OMERO names it, alice_2/2026-11/20/12-00-00.000/x.svs.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private List<Path> files;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() throws ConfigurationException, StorageException {
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        int failed = 0;
        try (CompanionParts parts = CompanionParts.open(configuration)) {
            PromotionPlace place = parts.promotionPlace();
            Recall recall = new Recall(place, parts.storage());
            for (Path file : files) {
                failed += recalled(recall, managedPath(place.repository(), file)) ? 0 : 1;
            }
        }
        return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static String managedPath(Path repository, Path file) throws ConfigurationException {
        Path path = repository.resolve(file).normalize();
        if (!path.startsWith(repository) || path.equals(repository)) {
            throw new ConfigurationException(file + " does not lie in " + repository + " (omero.managed-repository)");
        }
        return repository.relativize(path).toString();
    }

    private boolean recalled(Recall recall, String managedPath) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.println("recalled " + managedPath + " (" + Bytes.shown(recall.recall(managedPath)) + ")");
            return true;
        } catch (IOException | StorageException e) {
            spec.commandLine().getErr().println("omerods: " + e.getMessage());
            return false;
        } finally {
            out.flush();
        }
    }
}
