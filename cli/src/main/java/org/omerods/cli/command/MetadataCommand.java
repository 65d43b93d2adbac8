package org.omerods.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.mount.IrodsSettings;
import org.omerods.omero.metadata.Fact;
import org.omerods.omero.metadata.MetadataChoice;
import org.omerods.omero.metadata.MetadataException;
import org.omerods.omero.metadata.MetadataExtraction;
import org.omerods.omero.metadata.MetadataExtraction.Outcome;
import org.omerods.omero.metadata.OmeTiffSource;
import org.omerods.omero.metadata.OmeXmlSource;
import org.omerods.omero.metadata.ShowinfSource;
import org.omerods.storage.Avu;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.IrodsStorage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the metadata of image files into AVUs. */
@Command(
        name = "metadata",
        description =
                "Take what image files say of themselves (OME-XML) into AVUs: 0 when all could be read, 1 when one could not.",
        mixinStandardHelpOptions = true)
public final class MetadataCommand implements Callable<Integer> {
    /** Formats with many small files take Bio-Formats minutes. */
    private static final Duration SHOWINF_TIMEOUT = Duration.ofMinutes(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Data objects, or collections with all below them.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what would be changed, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--facts",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, for example size-x,channel; see docs/companion-metadata.md.")
    private List<String> facts = new ArrayList<>();

    @Option(names = "--all-images", description = "Also the further images of a file, such as label and macro.")
    private boolean allImages;

    @Option(names = "--prefix", description = "Of the attributes; triples with it are replaced (${DEFAULT-VALUE}).")
    private String prefix = MetadataChoice.DEFAULT_PREFIX;

    @Option(
            names = "--showinf",
            paramLabel = "PROGRAM",
            description = "Bio-Formats' showinf, for formats other than OME-TIFF; needs --mounted.")
    private String showinf = "";

    @Option(
            names = "--mounted",
            paramLabel = "COLLECTION=DIRECTORY",
            description = "Where a collection is mounted, for --showinf.")
    private String mounted = "";

    @Override
    public Integer call() throws ConfigurationException, StorageException {
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        PrintWriter out = spec.commandLine().getOut();
        MetadataChoice choice = choice();
        try (IrodsStorage storage = IrodsStorage.connect(IrodsSettings.of(configuration))) {
            List<OmeXmlSource> sources = new ArrayList<>();
            sources.add(new OmeTiffSource(storage));
            addShowinf(sources);
            MetadataExtraction extraction = new MetadataExtraction(storage, sources, choice, dryRun);
            Tally tally = new Tally();
            for (String path : paths) {
                walk(storage, storage.stat(StoragePath.of(path)), extraction, tally, out);
            }
            out.println(tally.changed + " objects " + (dryRun ? "would be changed, " : "changed, ") + tally.unchanged
                    + " were right, " + tally.without + " have no metadata, " + tally.failed + " could not be read");
            out.flush();
            return tally.failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private static final class Tally {
        private int changed;
        private int unchanged;
        private int without;
        private int failed;
    }

    private MetadataChoice choice() throws ConfigurationException {
        Set<Fact> chosen = EnumSet.noneOf(Fact.class);
        for (String name : facts) {
            chosen.add(Fact.named(name)
                    .orElseThrow(() -> new ConfigurationException("--facts " + name + ": no such fact; there are "
                            + String.join(
                                    ", ",
                                    EnumSet.allOf(Fact.class).stream()
                                            .map(Fact::suffix)
                                            .toList()))));
        }
        try {
            return new MetadataChoice(prefix, chosen.isEmpty() ? EnumSet.allOf(Fact.class) : chosen, allImages);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private void addShowinf(List<OmeXmlSource> sources) throws ConfigurationException {
        if (showinf.isEmpty()) {
            return;
        }
        int equals = mounted.indexOf('=');
        if (equals < 1) {
            throw new ConfigurationException(
                    "--showinf reads files through a mount: name it with --mounted" + " /zone/collection=/mount/point");
        }
        sources.add(new ShowinfSource(
                Path.of(showinf),
                StoragePath.of(mounted.substring(0, equals)),
                Path.of(mounted.substring(equals + 1)),
                SHOWINF_TIMEOUT));
    }

    private void walk(Storage storage, Entry start, MetadataExtraction extraction, Tally tally, PrintWriter out)
            throws StorageException {
        Deque<Entry> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            switch (open.removeLast()) {
                case Collection collection ->
                    storage.list(collection.path()).entries().stream()
                            .sorted((a, b) -> b.path().compareTo(a.path()))
                            .forEach(open::addLast);
                case DataObject object -> extract(object, extraction, tally, out);
                case SymbolicLink _ -> {
                    // what it leads to is found under its own path
                }
            }
        }
    }

    private void extract(DataObject object, MetadataExtraction extraction, Tally tally, PrintWriter out) {
        try {
            Outcome outcome = extraction.extract(object);
            if (!outcome.hasMetadata()) {
                tally.without++;
                return;
            }
            tally.unchanged += outcome.isUnchanged() ? 1 : 0;
            tally.changed += outcome.isUnchanged() ? 0 : 1;
            if (!outcome.isUnchanged()) {
                out.println(object.path() + " (" + outcome.source() + ")");
                outcome.removed().forEach(avu -> out.println("  - " + text(avu)));
                outcome.added().forEach(avu -> out.println("  + " + text(avu)));
            }
        } catch (StorageException | MetadataException e) {
            tally.failed++;
            spec.commandLine().getErr().println("omerods: " + object.path() + ": " + e.getMessage());
        }
    }

    private static String text(Avu avu) {
        return avu.attribute() + " = " + avu.value() + (avu.units().isEmpty() ? "" : " " + avu.units());
    }
}
