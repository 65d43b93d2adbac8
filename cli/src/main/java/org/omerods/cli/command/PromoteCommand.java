package org.omerods.cli.command;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.companion.CompanionParts;
import org.omerods.cli.config.ActionSettings;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import org.omerods.cli.terminal.Bytes;
import org.omerods.omero.promotion.LocalFile;
import org.omerods.omero.promotion.Promoter;
import org.omerods.omero.promotion.Promotion;
import org.omerods.omero.promotion.PromotionCandidates;
import org.omerods.omero.promotion.PromotionPolicy;
import org.omerods.omero.remote.OmeroException;
import org.omerods.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves files that OMERO holds locally to iRODS. */
@Command(
        name = "promote",
        description =
                "Move files that OMERO holds locally to iRODS and leave links: 0 when all moved, 1 when one did not.",
        mixinStandardHelpOptions = true)
public final class PromoteCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--dry-run", description = "Only tell what would move.")
    private boolean dryRun;

    @Option(names = "--min-age", paramLabel = "TIME", description = "Only files imported longer ago, such as 24h.")
    private String minAge = "";

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            description = "Only files of at least this size, such as 100MiB.")
    private String minSize = "";

    @Option(names = "--groups", paramLabel = "NAMES", description = "Only files of these OMERO groups, commas between.")
    private String groups = "";

    @Option(names = "--limit", paramLabel = "COUNT", description = "Stop after so many files.")
    private int limit = Integer.MAX_VALUE;

    private long moved;
    private long bytes;
    private long failed;
    private int seen;

    @Override
    public Integer call() throws ConfigurationException, StorageException, OmeroException, InterruptedException {
        List<SettingValue> flags = new ArrayList<>();
        ConfigurationOptions.add(flags, ActionSettings.PROMOTION_MIN_AGE, minAge, "--min-age");
        ConfigurationOptions.add(flags, ActionSettings.PROMOTION_MIN_SIZE, minSize, "--min-size");
        ConfigurationOptions.add(flags, ActionSettings.PROMOTION_GROUPS, groups, "--groups");
        Configuration configuration = options.load(flags);
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        InstantSource clock = InstantSource.system();
        try (CompanionParts parts = CompanionParts.open(configuration)) {
            PromotionCandidates candidates = new PromotionCandidates(parts.database());
            Promoter promoter =
                    new Promoter(parts.promotionPlace(), parts.storage(), clock, Promoter.PATIENCE_WITH_A_MOUNT);
            PromotionPolicy policy = parts.promotionPolicy();
            List<LocalFile> page = candidates.page(policy, clock.instant(), -1);
            while (!page.isEmpty() && seen < limit) {
                for (LocalFile file : page) {
                    if (seen < limit) {
                        tell(promoter.promote(file, dryRun));
                    }
                }
                page = candidates.page(policy, clock.instant(), page.getLast().originalFile());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println((dryRun ? moved + " files would move, and free " : moved + " files moved, and freed ")
                + Bytes.shown(bytes)
                + (failed == 0 ? "" : "; " + failed + " could not be moved"));
        out.flush();
        return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void tell(Promotion promotion) {
        PrintWriter out = spec.commandLine().getOut();
        switch (promotion) {
            case Promotion.Moved(String path, long size) -> count(path, size, "moved");
            case Promotion.WouldMove(String path, long size) -> count(path, size, "would move");
            case Promotion.Failed(String path, String reason) -> {
                seen++;
                failed++;
                out.println("failed " + path + ": " + reason);
            }
            case Promotion.Left(String path, String reason) -> {
                // links that are there already are most of the repository after a while
            }
        }
        out.flush();
    }

    private void count(String path, long size, String word) {
        seen++;
        moved++;
        bytes += size;
        spec.commandLine().getOut().println(word + " " + path + " (" + Bytes.shown(size) + ")");
    }
}
