package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.companion.CompanionParts;
import org.omerods.cli.companion.DirectImport;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.omero.imports.FilesetCandidate;
import org.omerods.omero.imports.ImportPolicy.RefusedException;
import org.omerods.omero.imports.ImportRequest;
import org.omerods.omero.imports.ImportRequests;
import org.omerods.omero.remote.OmeroException;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for imports in place, or runs them. */
@Command(
        name = "import",
        description =
                "Import data objects and collections into OMERO in place: by default a running companion is asked.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Data object or collection of iRODS.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private List<String> paths;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--target",
            paramLabel = "CONTAINER",
            description = "Dataset:name:NAME, Dataset:id:NUMBER, Screen:name:NAME or Screen:id:NUMBER.")
    private String target = "";

    @Option(names = "--as", paramLabel = "USER", description = "OMERO user that shall own the images.")
    private String user = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "OMERO group (default: the user's own).")
    private String group = "";

    @Option(names = "--dry-run", description = "Only list the filesets that OMERO would make.")
    private boolean dryRun;

    @Option(names = "--now", description = "Run the imports here and wait for them.")
    private boolean now;

    @Override
    public Integer call()
            throws ConfigurationException, StorageException, OmeroException, IOException, InterruptedException {
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        PrintWriter out = spec.commandLine().getOut();
        try (CompanionParts parts = CompanionParts.open(configuration)) {
            for (String text : paths) {
                StoragePath path = StoragePath.of(text);
                ImportRequest request = new ImportRequest(parts.storage().stat(path), target, user, group);
                if (dryRun) {
                    list(parts.importRunner().candidates(request), out);
                } else if (ImportRequests.request(
                        parts.storage(), request, parts.importAttributes(), InstantSource.system())) {
                    out.println(path + " is requested");
                } else {
                    out.println(path + " is being imported already");
                }
            }
            out.flush();
            if (dryRun || !now) {
                return ExitCodes.OK;
            }
            DirectImport imports = new DirectImport(parts, "import-" + UUID.randomUUID(), out);
            return imports.run(paths.stream().map(StoragePath::of).toList()) ? ExitCodes.OK : ExitCodes.FAILED;
        } catch (RefusedException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void list(List<FilesetCandidate> candidates, PrintWriter out) {
        for (FilesetCandidate candidate : candidates) {
            out.println((candidate.plate() ? "plate " : "fileset ") + candidate.keyFile() + " ("
                    + candidate.reader().substring(candidate.reader().lastIndexOf('.') + 1) + ", "
                    + candidate.files().size() + (candidate.files().size() == 1 ? " file)" : " files)"));
            candidate.files().stream()
                    .filter(file -> !file.equals(candidate.keyFile()))
                    .forEach(file -> out.println("  " + file));
        }
        out.println(candidates.size() + " filesets would be imported");
    }
}
