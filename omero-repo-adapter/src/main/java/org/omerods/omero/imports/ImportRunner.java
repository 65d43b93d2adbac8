package org.omerods.omero.imports;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.omerods.omero.imports.ImportPolicy.RefusedException;
import org.omerods.omero.imports.ImportedFilesets.Known;
import org.omerods.omero.links.MountPaths;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroProgram;
import org.omerods.omero.remote.OmeroProgram.As;
import org.omerods.omero.remote.ProgramResult;
import org.omerods.storage.Collection;

/**
 * Runs one request from beginning to end. Safe to repeat: what the user has already imported from the same path is left
 * out, while the remains of an import that was interrupted do not count as imported. Thread-safe.
 */
public final class ImportRunner {
    /** Filesets per run of the importer: its start costs 3 to 4 s, and a run that is ended is repeated as a whole. */
    private static final int MAX_FILESETS_PER_RUN = 25;
    /** Listing opens every file of the collection, but imports nothing. */
    private static final Duration LISTING_TIMEOUT = Duration.ofHours(1);

    private static final int MAX_REASONS = 5;

    private final OmeroProgram program;
    private final ImportSettings settings;
    private final ImportPolicy policy;
    private final MountPaths mount;
    private final ImportedFilesets known;

    public ImportRunner(
            OmeroProgram program,
            ImportSettings settings,
            ImportPolicy policy,
            MountPaths mount,
            ImportedFilesets known) {
        this.program = program;
        this.settings = settings;
        this.policy = policy;
        this.mount = mount;
        this.known = known;
    }

    /** What would be imported, without doing it. Of an object the importer is asked as well: it may not recognise it. */
    public List<FilesetCandidate> candidates(ImportRequest request) throws OmeroException, RefusedException {
        var _ = policy.judge(request);
        return FilesetCandidate.parse(
                program.runOffline(List.of("import", "-f", localPath(request).toString()), LISTING_TIMEOUT)
                        .output());
    }

    /** Never throws: whatever goes wrong is a result. */
    public ImportResult run(ImportRequest request, Consumer<ImportProgress> progress) {
        try {
            As as = policy.judge(request);
            List<Path> keyFiles = request.entry() instanceof Collection
                    ? candidates(request).stream()
                            .map(c -> Path.of(c.keyFile()))
                            .toList()
                    : List.of(localPath(request));
            if (keyFiles.isEmpty()) {
                return new ImportResult.Failed("OMERO recognises no image in this collection", "");
            }
            Tally tally = new Tally(keyFiles.size(), progress);
            for (int start = 0; start < keyFiles.size(); start += MAX_FILESETS_PER_RUN) {
                List<Path> some = keyFiles.subList(start, Math.min(keyFiles.size(), start + MAX_FILESETS_PER_RUN));
                importSome(request, as, some, tally);
            }
            return tally.result();
        } catch (RefusedException e) {
            return new ImportResult.Failed(String.valueOf(e.getMessage()), "");
        } catch (OmeroException e) {
            String reason = String.valueOf(e.getMessage());
            return switch (e.reason()) {
                case UNAVAILABLE, NO_PROGRAM, INTERRUPTED -> new ImportResult.Postponed(reason);
                case TIMEOUT, LOGIN_REFUSED, NOT_FOUND, REJECTED, UNEXPECTED -> new ImportResult.Failed(reason, "");
            };
        }
    }

    private Path localPath(ImportRequest request) throws RefusedException {
        return mount.local(request.entry().path())
                .orElseThrow(() -> new RefusedException(request.entry().path()
                        + " is not below any collection that OMERO" + " sees: omero.mounts is " + mount));
    }

    private void importSome(ImportRequest request, As as, List<Path> keyFiles, Tally tally) throws OmeroException {
        Map<Path, String> clientPaths = new LinkedHashMap<>();
        keyFiles.forEach(file -> clientPaths.put(file, ClientPath.of(file.toString())));
        Map<String, List<Known>> there = known.find(as, Set.copyOf(clientPaths.values()));
        List<Path> fresh = new ArrayList<>();
        List<Path> broken = new ArrayList<>();
        clientPaths.forEach((file, clientPath) -> {
            List<Known> filesets = there.getOrDefault(clientPath, List.of());
            Optional<Known> complete = filesets.stream().filter(Known::complete).findFirst();
            if (complete.isPresent()) {
                tally.alreadyThere("Fileset:" + complete.get().fileset());
            } else if (filesets.isEmpty()) {
                fresh.add(file);
            } else {
                broken.add(file);
            }
        });
        // The importer's own exclusion also takes remains of an interrupted import for imported.
        importRun(request, as, fresh, true, tally);
        importRun(request, as, broken, false, tally);
    }

    private void importRun(ImportRequest request, As as, List<Path> files, boolean excludeKnown, Tally tally)
            throws OmeroException {
        if (files.isEmpty()) {
            return;
        }
        ProgramResult result = program.run(
                as,
                List.of("import"),
                ImportArguments.of(settings, request.target(), excludeKnown, files),
                settings.timeout(),
                tally::line);
        ConnectionTrouble.check(result);
        ImportOutput output = ImportOutput.of(result);
        output.filesets().forEach(fileset -> tally.imported(fileset.text()));
        for (Path file : files) {
            String name = file.toString();
            if (output.failed().containsKey(name)) {
                tally.failed(name, output.failed().getOrDefault(name, ""));
            } else if (output.alreadyThere().contains(ClientPath.of(name))) {
                tally.alreadyThere("");
            } else if (!output.done().contains(name) && (output.filesets().isEmpty() || files.size() > 1)) {
                // Of a single file another one of its fileset may be reported.
                tally.failed(name, output.problem().isEmpty() ? "the importer does not mention it" : output.problem());
            }
        }
    }

    /** What came of the filesets of one request. Used by the importing thread and by the one that reads the log. */
    private static final class Tally {
        private final int total;
        private final Consumer<ImportProgress> progress;
        private final Set<String> imported = new LinkedHashSet<>();
        private final Map<String, String> failures = new TreeMap<>();
        private int done;
        private int already;

        Tally(int total, Consumer<ImportProgress> progress) {
            this.total = total;
            this.progress = progress;
        }

        synchronized void line(String line) {
            ImportProgress.stageOf(line).ifPresent(stage -> {
                if (ImportProgress.isLast(stage)) {
                    done++;
                }
                progress.accept(new ImportProgress(Math.min(done, total), total, stage));
            });
        }

        synchronized void imported(String text) {
            imported.add(text);
        }

        synchronized void alreadyThere(String text) {
            already++;
            if (!text.isEmpty()) {
                imported.add(text);
            }
        }

        synchronized void failed(String file, String reason) {
            failures.put(file, reason);
        }

        synchronized ImportResult result() {
            String text = String.join(" ", imported);
            if (failures.isEmpty()) {
                return new ImportResult.Done(text.isEmpty() ? already + " already imported" : text);
            }
            String reasons = failures.entrySet().stream()
                    .limit(MAX_REASONS)
                    .map(failure -> total == 1 ? failure.getValue() : failure.getKey() + ": " + failure.getValue())
                    .collect(Collectors.joining("; "));
            return new ImportResult.Failed(
                    total == 1 ? reasons : failures.size() + " of " + total + " filesets failed: " + reasons, text);
        }
    }
}
