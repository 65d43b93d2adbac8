package org.omerods.zone.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.Ids;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.catalog.User;
import org.omerods.zone.wire.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the catalog's view of one collection equal to one directory: files become objects, directories collections.
 *
 * <p>Links to directories are not followed, so that a tree cannot contain itself. A changed file loses its checksum.
 */
public final class DirectorySync {
    private static final Logger log = LoggerFactory.getLogger(DirectorySync.class);

    private final CatalogStore catalog;
    private final User owner;
    private final long resourceId;
    private final Clock clock;

    public DirectorySync(CatalogStore catalog, User owner, long resourceId, Clock clock) {
        this.catalog = catalog;
        this.owner = owner;
        this.resourceId = resourceId;
        this.clock = clock;
    }

    private record Found(Path path, String name, boolean isDirectory, long size, String modified) {}

    /** The time of a directory; absent where there is none. */
    static Optional<FileTime> modified(Path directory) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory() ? Optional.of(attributes.lastModifiedTime()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The directories directly in {@code directory}. */
    static List<Path> directories(Path directory) {
        List<Path> result = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
            entries.forEach(result::add);
        } catch (IOException e) {
            log.warn("cannot list {}: {}", directory, e.toString());
        }
        return result;
    }

    /** Makes {@code path} with the collections above it. */
    CollectionRow makeCollection(CatalogConnection connection, String path) throws SQLException, ApiException {
        Optional<CollectionRow> present = Collections.find(connection, path);
        if (present.isPresent()) {
            return present.get();
        }
        CollectionRow parent = makeCollection(connection, LogicalPath.parent(path));
        return Collections.add(connection, parent, path, owner, Times.now(clock));
    }

    /** Reads {@code directory} into {@code collection}. */
    void read(Path directory, String collection) throws IOException, SQLException, ApiException {
        List<Found> entries = list(directory);
        if (isUpToDate(directory, collection, entries)) {
            return;
        }
        catalog.write(connection -> {
            CollectionRow row = makeCollection(connection, collection);
            Map<String, ReplicaRow> known = known(connection, row, directory);
            for (Found entry : entries) {
                if (entry.isDirectory()) {
                    makeCollection(connection, LogicalPath.join(collection, entry.name()));
                } else {
                    update(connection, row, Optional.ofNullable(known.remove(entry.name())), entry);
                }
            }
            for (ReplicaRow gone : known.values()) {
                Objects.remove(connection, gone.id());
            }
            return row;
        });
    }

    /** Whether nothing is to be written: the usual case, which must not wait for the one writer of the catalog. */
    private boolean isUpToDate(Path directory, String collection, List<Found> entries)
            throws SQLException, ApiException {
        return catalog.read(connection -> {
            Optional<CollectionRow> row = Collections.find(connection, collection);
            if (row.isEmpty()) {
                return false;
            }
            Map<String, ReplicaRow> known = known(connection, row.get(), directory);
            for (Found entry : entries) {
                if (entry.isDirectory()) {
                    if (Collections.find(connection, LogicalPath.join(collection, entry.name()))
                            .isEmpty()) {
                        return false;
                    }
                } else {
                    ReplicaRow present = known.remove(entry.name());
                    if (present == null || isChanged(present, entry)) {
                        return false;
                    }
                }
            }
            return known.isEmpty();
        });
    }

    private static boolean isChanged(ReplicaRow row, Found entry) {
        return row.size() != entry.size() || !row.modified().equals(entry.modified());
    }

    /** The objects whose files are in {@code directory}, by name. */
    private static Map<String, ReplicaRow> known(CatalogConnection connection, CollectionRow collection, Path directory)
            throws SQLException {
        Map<String, ReplicaRow> result = new HashMap<>();
        for (ReplicaRow row : Objects.children(connection, collection.id())) {
            if (directory.equals(Path.of(row.physicalPath()).getParent())) {
                result.put(row.name(), row);
            }
        }
        return result;
    }

    private void update(
            CatalogConnection connection, CollectionRow collection, Optional<ReplicaRow> present, Found entry)
            throws SQLException, ApiException {
        if (present.isPresent()) {
            if (isChanged(present.get(), entry)) {
                Objects.setContent(connection, present.get().id(), entry.size(), ReplicaRow.GOOD, "", entry.modified());
            }
            return;
        }
        if (Objects.find(connection, LogicalPath.join(collection.path(), entry.name()))
                .isPresent()) {
            log.debug("{} is hidden by an object of the same name", entry.path());
            return;
        }
        long id = Ids.next(connection);
        ReplicaRow row = new ReplicaRow(
                id,
                collection.id(),
                entry.name(),
                0,
                "generic",
                entry.size(),
                entry.path().toString(),
                owner.name(),
                owner.zone(),
                ReplicaRow.GOOD,
                "",
                "",
                "",
                entry.modified(),
                entry.modified(),
                resourceId);
        Objects.add(connection, collection, row, owner, Times.now(clock));
    }

    private static List<Found> list(Path directory) throws IOException {
        List<Found> result = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path path : entries) {
                found(path).ifPresent(result::add);
            }
        }
        return result;
    }

    private static Optional<Found> found(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.indexOf('\uFFFD') >= 0) {
            log.warn("{} is not served: its name is not in the encoding of this JVM", path);
            return Optional.empty();
        }
        try {
            boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!directory && !attributes.isRegularFile()) {
                return Optional.empty();
            }
            String modified = Times.of(attributes.lastModifiedTime().toInstant().getEpochSecond());
            return Optional.of(new Found(path, name, directory, attributes.size(), modified));
        } catch (IOException e) {
            log.debug("{} went while its directory was read", path);
            return Optional.empty();
        }
    }
}
