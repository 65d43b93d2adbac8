package org.omerods.cli.companion;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.omerods.cli.config.ActionSettings;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.OmeroSettings;
import org.omerods.cli.config.Settings;
import org.omerods.omero.annotate.AnnotationKeeper;
import org.omerods.omero.annotate.AnnotationPass;
import org.omerods.omero.annotate.AvuSelection;
import org.omerods.omero.annotate.ImageRows;
import org.omerods.omero.annotate.SqlPresentAnnotations;
import org.omerods.omero.annotate.WebAnnotations;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.imports.ImportQueue;
import org.omerods.omero.imports.ImportResult;
import org.omerods.omero.links.LinkCheck;
import org.omerods.omero.links.LinkFinding;
import org.omerods.omero.links.LinkFinding.State;
import org.omerods.omero.model.FilesetReader;
import org.omerods.omero.promotion.LocalFile;
import org.omerods.omero.promotion.Promoter;
import org.omerods.omero.promotion.Promotion;
import org.omerods.omero.promotion.PromotionCandidates;
import org.omerods.omero.remote.WebConfig;
import org.omerods.omero.remote.WebSession;
import org.omerods.omero.sync.SyncStatus;
import org.omerods.omero.sync.SyncTask;
import org.omerods.storage.irods.session.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code omerods sync} does besides mirroring: imports that are requested, links that follow renames, annotations, and
 * promotion where it is asked for. Each is there when it is wanted ({@code omero.actions}) and its settings are. Closing ends running imports.
 */
public final class ActionTasks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ActionTasks.class);
    /** Puts edits back that were made in OMERO, and sees objects that were overwritten. */
    private static final Duration FULL_COMPARISON = Duration.ofHours(24);

    private final CompanionParts parts;
    private final Configuration configuration;
    private final SyncStatus status;
    private final List<SyncTask> tasks = new ArrayList<>();
    private final List<AutoCloseable> resources = new ArrayList<>();

    private ActionTasks(CompanionParts parts, Configuration configuration, SyncStatus status) {
        this.parts = parts;
        this.configuration = configuration;
        this.status = status;
    }

    /** A pass that has a name. */
    private record NamedTask(String name, Pass body) implements SyncTask {
        @FunctionalInterface
        private interface Pass {
            Duration run() throws Exception;
        }

        @Override
        public Duration pass() throws Exception {
            return body.run();
        }
    }

    /** Starts what is requested; the imports themselves run behind the passes. */
    private final class ImportTask implements SyncTask {
        private final ImportQueue queue;

        ImportTask(ImportQueue queue) {
            this.queue = queue;
        }

        @Override
        public String name() {
            return "imports";
        }

        @Override
        public Duration pass() throws Exception {
            Duration pause = queue.pass();
            status.setLevel("imports.active", queue.size());
            return pause;
        }

        @Override
        public boolean isUnderWay() {
            return queue.isBusy();
        }
    }

    /** Takes over {@code parts}, and closes them. */
    public static ActionTasks open(CompanionParts parts, Configuration configuration, SyncStatus status)
            throws ConfigurationException, IOException {
        ActionTasks actions = new ActionTasks(parts, configuration, status);
        List<String> wanted =
                List.of(configuration.text(ActionSettings.OMERO_ACTIONS).split("\\s*,\\s*"));
        boolean account = configuration.isSet(ActionSettings.OMERO_PASSWORD_FILE);
        if (actions.isWanted(wanted, "imports", account, "omero.password-file")) {
            actions.addImports();
        }
        if (actions.isWanted(wanted, "links", true, "")) {
            actions.addLinks();
        }
        if (actions.isWanted(
                wanted,
                "annotations",
                account && configuration.isSet(OmeroSettings.OMERO_WEB_URL),
                "omero.web-url and omero.password-file")) {
            actions.addAnnotations();
        }
        if (actions.isWanted(
                wanted,
                "promotion",
                configuration.isSet(ActionSettings.PROMOTION_COLLECTION),
                "promotion.collection")) {
            actions.addPromotion();
        }
        return actions;
    }

    private boolean isWanted(List<String> wanted, String action, boolean possible, String lacking) {
        if (wanted.contains(action) && !possible) {
            log.info("{} are left out: {} not set", action, lacking);
        }
        return wanted.contains(action) && possible;
    }

    public List<SyncTask> tasks() {
        return List.copyOf(tasks);
    }

    private void addImports() throws ConfigurationException, IOException {
        ImportQueue queue = new ImportQueue(
                parts.storage(),
                parts.importAttributes(),
                "sync-" + UUID.randomUUID(),
                parts.importRunner(),
                parts.importSettings(),
                InstantSource.system(),
                (path, step) -> log.debug("{}: {} of {} {}", path, step.done(), step.total(), step.stage()),
                this::count);
        resources.add(queue);
        tasks.add(new ImportTask(queue));
    }

    private void count(ImportResult result) {
        status.add(
                switch (result) {
                    case ImportResult.Done done -> "imports.done";
                    case ImportResult.Failed failed -> "imports.failed";
                    case ImportResult.Postponed postponed -> "imports.postponed";
                },
                1);
    }

    private void addLinks() throws ConfigurationException {
        LinkCheck links = new LinkCheck(parts.repository(), parts.mounts(), parts.storage(), parts.prefix());
        Duration pause = configuration.duration(ActionSettings.LINKS_INTERVAL);
        tasks.add(new NamedTask("links", () -> {
            List<LinkFinding> findings = links.fix();
            long fixed = findings.stream().filter(f -> f.state() == State.FIXED).count();
            List<LinkFinding> wrong =
                    findings.stream().filter(f -> f.state().isProblem()).toList();
            status.add("links.fixed", fixed);
            status.setLevel("links.all", findings.size());
            status.setLevel("links.wrong", wrong.size());
            if (!wrong.isEmpty()) {
                log.warn(
                        "{} links are wrong, the first is {}: {}; `omerods links check` lists them",
                        wrong.size(),
                        wrong.getFirst().link(),
                        wrong.getFirst().note());
            }
            return pause;
        }));
    }

    private void addPromotion() throws ConfigurationException {
        PromotionCandidates candidates = new PromotionCandidates(parts.database());
        Promoter promoter = new Promoter(
                parts.promotionPlace(), parts.storage(), InstantSource.system(), Promoter.PATIENCE_WITH_A_MOUNT);
        Duration pause = configuration.duration(ActionSettings.PROMOTION_INTERVAL);
        tasks.add(new NamedTask("promotion", () -> {
            Instant now = Instant.now();
            long last = -1;
            for (List<LocalFile> page = candidates.page(parts.promotionPolicy(), now, last);
                    !page.isEmpty();
                    page = candidates.page(parts.promotionPolicy(), now, last)) {
                for (LocalFile file : page) {
                    count(promoter.promote(file, false));
                }
                last = page.getLast().originalFile();
            }
            return pause;
        }));
    }

    private void count(Promotion promotion) {
        switch (promotion) {
            case Promotion.Moved(String path, long bytes) -> {
                status.add("promotion.files", 1);
                status.add("promotion.bytes", bytes);
            }
            case Promotion.Failed(String path, String reason) -> {
                status.add("promotion.failed", 1);
                log.warn("{} is not promoted: {}", path, reason);
            }
            case Promotion.Left left -> status.add("promotion.left", 1);
            case Promotion.WouldMove would -> throw new IllegalStateException("a dry run was not asked for");
        }
    }

    private void addAnnotations() throws ConfigurationException {
        WebConfig web;
        try {
            web = new WebConfig(
                    URI.create(configuration.text(OmeroSettings.OMERO_WEB_URL)),
                    configuration.text(ActionSettings.OMERO_USER),
                    Secret.of(parts.omeroPassword()),
                    configuration.number(ActionSettings.OMERO_WEB_SERVER),
                    WebConfig.DEFAULT_TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("omero.web-url: " + e.getMessage(), e);
        }
        WebSession session = new WebSession(web);
        resources.add(session);
        AvuSelection selection = new AvuSelection(
                parts.words(ActionSettings.ANNOTATION_INCLUDE),
                parts.words(ActionSettings.ANNOTATION_EXCLUDE),
                List.of(parts.prefix()));
        String server = configuration.text(Settings.IRODS_HOST) + ":" + configuration.text(Settings.IRODS_PORT);
        AnnotationKeeper keeper = new AnnotationKeeper(new WebAnnotations(session));
        Duration pause = configuration.duration(ActionSettings.ANNOTATION_INTERVAL);
        OmeroDatabase database = parts.database();
        tasks.add(new NamedTask("annotations", new NamedTask.Pass() {
            private final ImageRows rows = new ImageRows(selection, server);
            private Instant full = Instant.MIN;
            private AnnotationPass pass = pass("");

            private AnnotationPass pass(String databaseUuid) {
                return new AnnotationPass(
                        parts.storage(),
                        new SqlPresentAnnotations(database, configuration.text(ActionSettings.OMERO_USER)),
                        keeper,
                        rows,
                        parts.prefix(),
                        databaseUuid);
            }

            @Override
            public Duration run() throws Exception {
                Instant now = Instant.now();
                boolean everything = now.isAfter(full.equals(Instant.MIN) ? full : full.plus(FULL_COMPARISON));
                if (full.equals(Instant.MIN)) {
                    pass = pass(databaseUuid(database));
                }
                AnnotationPass.Summary summary = pass.run(everything);
                if (everything) {
                    full = now;
                }
                status.setLevel("annotations.images", summary.images());
                status.add("annotations.compared", summary.compared());
                status.add("annotations.changed", summary.changed());
                status.add("annotations.failed", summary.failed());
                return pause;
            }
        }));
    }

    private static String databaseUuid(OmeroDatabase database) throws SQLException {
        return database.read(FilesetReader::databaseUuid).toString();
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                log.warn("{} cannot be closed: {}", resource, e.toString());
            }
        }
        parts.close();
    }
}
