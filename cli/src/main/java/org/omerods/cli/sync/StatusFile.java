package org.omerods.cli.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.omerods.omero.sync.SyncStatus;
import org.omerods.omero.sync.SyncTask;

/** Writes the status of a companion into a file now and then, whole or not at all, for {@code omerods sync --status}. */
public final class StatusFile implements SyncTask {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final SyncStatus status;

    public StatusFile(Path file, SyncStatus status) {
        this.file = file;
        this.status = status;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Duration pass() throws IOException {
        Map<String, Object> values = status.snapshot();
        values.put("process", ProcessHandle.current().pid());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        return INTERVAL;
    }
}
