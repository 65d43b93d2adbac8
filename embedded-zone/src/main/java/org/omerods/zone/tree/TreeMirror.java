package org.omerods.zone.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.wire.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog in step with served directories, one directory at a time and only where somebody looks.
 *
 * <p>A directory is read again when its own time has changed, and once a second because a file may grow without that. What the
 * catalog knows stays across restarts, so an unchanged file keeps its number. Thread safe: {@code reading} lets one thread
 * read at a time, others wait for the result, which is theirs, too.
 */
public final class TreeMirror {
    private static final Logger log = LoggerFactory.getLogger(TreeMirror.class);

    /** How old what is known of a directory may be. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Directories whose time is remembered; more are simply read again. */
    private static final int MAX_REMEMBERED = 100_000;

    private final List<Mapping> mappings;
    private final CatalogStore catalog;
    private final DirectorySync sync;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<Path, Seen> seen = new HashMap<>();

    /** A directory and the collection at which it appears. */
    public record Mapping(Path directory, String collection) {}

    private record Seen(FileTime modified, long nanos) {}

    public TreeMirror(List<Mapping> mappings, CatalogStore catalog, DirectorySync sync) {
        this.mappings = List.copyOf(mappings);
        this.catalog = catalog;
        this.sync = sync;
    }

    /** Makes the collections of all trees and reads their top directories. */
    public void start() throws IOException, SQLException, ApiException {
        for (Mapping mapping : mappings) {
            Path directory = mapping.directory().toRealPath();
            catalog.write(connection -> sync.makeCollection(connection, mapping.collection()));
            read(directory, mapping.collection());
            log.info("{} is served in place at {}", directory, mapping.collection());
        }
    }

    /** Whether the file at {@code physicalPath} belongs to a served tree. */
    public boolean holds(String physicalPath) {
        Path file = Path.of(physicalPath);
        return mappings.stream().anyMatch(mapping -> file.startsWith(mapping.directory()));
    }

    /** Whether {@code logicalPath} is in a served tree, or holds one. */
    public boolean touches(String logicalPath) {
        return mappings.stream()
                .anyMatch(mapping -> LogicalPath.isWithin(logicalPath, mapping.collection())
                        || LogicalPath.isWithin(mapping.collection(), logicalPath));
    }

    /** Brings {@code logicalPath} up to date: the directory that it is in, and itself where it is a directory. */
    public void refresh(String logicalPath) throws SQLException, ApiException {
        for (Mapping mapping : mappings) {
            if (LogicalPath.isWithin(logicalPath, mapping.collection())) {
                String below = logicalPath.substring(mapping.collection().length());
                Optional<Path> target = resolve(mapping.directory(), below);
                if (target.isPresent()) {
                    refresh(mapping, target.get(), logicalPath);
                }
            }
        }
    }

    /** Brings everything below {@code logicalPath} up to date. */
    public void refreshTree(String logicalPath) throws SQLException, ApiException {
        for (Mapping mapping : mappings) {
            boolean inside = LogicalPath.isWithin(logicalPath, mapping.collection());
            if (!inside && !LogicalPath.isWithin(mapping.collection(), logicalPath)) {
                continue;
            }
            String start = inside ? logicalPath : mapping.collection();
            Optional<Path> directory = resolve(
                    mapping.directory(), start.substring(mapping.collection().length()));
            Deque<Map.Entry<Path, String>> open = new ArrayDeque<>();
            directory.ifPresent(path -> open.add(Map.entry(path, start)));
            while (!open.isEmpty()) {
                Map.Entry<Path, String> next = open.remove();
                readIfStale(next.getKey(), next.getValue());
                for (Path child : DirectorySync.directories(next.getKey())) {
                    open.add(Map.entry(
                            child,
                            LogicalPath.join(
                                    next.getValue(), child.getFileName().toString())));
                }
            }
        }
    }

    private void refresh(Mapping mapping, Path target, String logicalPath) throws SQLException, ApiException {
        Path parent = target.getParent();
        if (!target.equals(mapping.directory()) && parent != null) {
            readIfStale(parent, LogicalPath.parent(logicalPath));
        }
        readIfStale(target, logicalPath);
    }

    private static Optional<Path> resolve(Path directory, String below) {
        Path path = directory
                .resolve(below.startsWith("/") ? below.substring(1) : below)
                .normalize();
        return path.startsWith(directory) ? Optional.of(path) : Optional.empty();
    }

    private void readIfStale(Path directory, String collection) throws SQLException, ApiException {
        Optional<FileTime> modified = DirectorySync.modified(directory);
        if (modified.isEmpty()) {
            return;
        }
        reading.lock();
        try {
            Seen last = seen.get(directory);
            if (last == null
                    || !last.modified().equals(modified.get())
                    || System.nanoTime() - last.nanos() > FRESH.toNanos()) {
                read(directory, collection);
            }
        } finally {
            reading.unlock();
        }
    }

    private void read(Path directory, String collection) throws SQLException, ApiException {
        FileTime modified = DirectorySync.modified(directory).orElse(FileTime.fromMillis(0));
        try {
            sync.read(directory, collection);
        } catch (IOException e) {
            log.warn("cannot read {}, which is served in place: {}", directory, e.toString());
        }
        if (seen.size() >= MAX_REMEMBERED) {
            seen.clear();
        }
        seen.put(directory, new Seen(modified, System.nanoTime()));
    }
}
