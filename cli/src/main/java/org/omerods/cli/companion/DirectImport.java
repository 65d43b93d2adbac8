package org.omerods.cli.companion;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.omero.imports.ImportAttributes;
import org.omerods.omero.imports.ImportProgress;
import org.omerods.omero.imports.ImportQueue;
import org.omerods.omero.imports.ImportState;
import org.omerods.storage.Avu;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/**
 * Runs requested imports in this process until given ones are through, telling each new stage. A companion that runs at the
 * same time may take some of them: they are waited for all the same.
 */
public final class DirectImport {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final CompanionParts parts;
    private final String companion;
    private final PrintWriter out;
    private final Map<StoragePath, String> told = new ConcurrentHashMap<>();

    /** @param companion a name for this process that no other one has or had */
    public DirectImport(CompanionParts parts, String companion, PrintWriter out) {
        this.parts = parts;
        this.companion = companion;
        this.out = out;
    }

    /** @return whether all ended well */
    public boolean run(List<StoragePath> paths)
            throws ConfigurationException, StorageException, IOException, InterruptedException {
        Map<StoragePath, Boolean> ended = new LinkedHashMap<>();
        try (ImportQueue queue = new ImportQueue(
                parts.storage(),
                parts.importAttributes(),
                companion,
                parts.importRunner(),
                parts.importSettings(),
                InstantSource.system(),
                this::tell,
                result -> {})) {
            while (ended.size() < paths.size()) {
                var _ = queue.pass();
                for (StoragePath path : paths) {
                    if (!ended.containsKey(path)) {
                        look(path, ended);
                    }
                }
                if (ended.size() < paths.size()) {
                    Thread.sleep(LOOK_AGAIN);
                }
            }
        }
        return !ended.containsValue(false);
    }

    private void tell(StoragePath path, ImportProgress progress) {
        String line = path + " [" + progress.done() + "/" + progress.total() + "] " + progress.stage();
        if (!line.equals(told.put(path, line))) {
            print(line);
        }
    }

    private synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    private void look(StoragePath path, Map<StoragePath, Boolean> ended) throws StorageException {
        ImportAttributes names = parts.importAttributes();
        List<Avu> avus = parts.storage().avus().list(path);
        if (has(avus, names.state(), ImportState.DONE.text())) {
            ended.put(path, true);
            print(path + " done: " + value(avus, names.result()));
        } else if (has(avus, names.state(), ImportState.FAILED.text())) {
            ended.put(path, false);
            print(path + " failed: " + value(avus, names.error()));
        }
    }

    private static boolean has(List<Avu> avus, String attribute, String value) {
        return avus.stream()
                .anyMatch(
                        avu -> avu.attribute().equals(attribute) && avu.value().equals(value));
    }

    private static String value(List<Avu> avus, String attribute) {
        return avus.stream()
                .filter(avu -> avu.attribute().equals(attribute))
                .map(Avu::value)
                .findFirst()
                .orElse("");
    }
}
