package org.omerods.zone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.agent.ZoneServices;
import org.omerods.zone.catalog.Access;
import org.omerods.zone.catalog.Avus;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.Ids;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/**
 * Fills and changes a running zone without a network: for the demo, and for tests that need a state quickly.
 *
 * <p>New things belong to the user whose home they are in, else to the administrator. Every method fails with an
 * {@link IOException} that names the path. Thread safe.
 */
public final class ZoneAdmin {
    private final ZoneServices services;
    private final String administrator;

    ZoneAdmin(ZoneServices services, String administrator) {
        this.services = services;
        this.administrator = administrator;
    }

    /** Makes collections, with those above them; those that exist stay as they are. */
    public void createCollections(String... logicalPaths) throws IOException {
        for (String path : logicalPaths) {
            write(path, connection -> collection(connection, path));
        }
    }

    /** Copies {@code file} into the zone, over what is there; returns the number of the object. */
    public long putFile(String logicalPath, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return put(logicalPath, content);
        }
    }

    /** Makes an object of {@code content}, over what is there; returns the number of the object. */
    public long putBytes(String logicalPath, byte[] content) throws IOException {
        return put(logicalPath, new ByteArrayInputStream(content));
    }

    /** Makes an object whose bytes stay where {@code file} is; clients can read it and remove it, not write it. */
    public long registerInPlace(String logicalPath, Path file) throws IOException {
        Path real = file.toRealPath();
        long size = Files.size(real);
        Instant modified = Files.getLastModifiedTime(real).toInstant();
        return write(
                logicalPath,
                connection -> add(connection, logicalPath, real.toString(), size, Times.of(modified.getEpochSecond())));
    }

    /**
     * Makes many objects with the same read-only content in one collection, about 100,000 in a few seconds.
     *
     * @param names of objects that are not there yet
     */
    public void addObjects(String collection, List<String> names, byte[] content) throws IOException {
        Path file = services.vault().directory().resolveSibling("shared-content");
        Files.createDirectories(file);
        Path shared = Files.createTempFile(file, "content", "");
        Files.write(shared, content);
        write(collection, connection -> {
            CollectionRow parent = collection(connection, collection);
            User owner = owner(connection, collection);
            long first = Ids.reserve(connection, names.size());
            String now = services.now();
            for (int i = 0; i < names.size(); i++) {
                Objects.insert(
                        connection,
                        row(first + i, parent, names.get(i), content.length, shared.toString(), owner, now));
                Access.set(connection, first + i, owner.id(), Permission.OWN, now);
            }
            Collections.touch(connection, parent.id(), now);
            return first;
        });
    }

    /** Sets the status of the replica: 0 stale, 1 good, 2 intermediate. */
    public void setReplicaStatus(String logicalPath, int status) throws IOException {
        write(logicalPath, connection -> {
            Objects.setState(connection, object(connection, logicalPath).id(), status);
            return status;
        });
    }

    /** Registers a checksum, right or wrong. */
    public void setChecksum(String logicalPath, String checksum) throws IOException {
        write(logicalPath, connection -> {
            Objects.setChecksum(connection, object(connection, logicalPath).id(), checksum);
            return checksum;
        });
    }

    /** Sets the modify time of an object. */
    public void setModifyTime(String logicalPath, Instant time) throws IOException {
        write(logicalPath, connection -> {
            Objects.setModified(connection, object(connection, logicalPath).id(), Times.of(time.getEpochSecond()));
            return time;
        });
    }

    /** Adds an AVU to an object or a collection. */
    public void addAvu(String logicalPath, String attribute, String value, String units) throws IOException {
        write(logicalPath, connection -> {
            Avus.add(
                    connection,
                    anything(connection, logicalPath),
                    new Avus.Triple(attribute, value, units),
                    services.now());
            return value;
        });
    }

    /** Gives {@code user} (or a group such as public) {@code level}: null, read_object, modify_object, own and the like. */
    public void grant(String logicalPath, String user, String level) throws IOException {
        Permission permission =
                Permission.named(level).orElseThrow(() -> new IllegalArgumentException("unknown level " + level));
        write(logicalPath, connection -> {
            User whom = Users.find(connection, user, services.zone()).orElseThrow(() -> missing(user));
            Access.set(connection, anything(connection, logicalPath), whom.id(), permission, services.now());
            return level;
        });
    }

    /** The file that holds the bytes of an object: to look at, or to damage in a test. */
    public Path physicalFile(String logicalPath) throws IOException {
        String path =
                write(logicalPath, connection -> object(connection, logicalPath).physicalPath());
        return Path.of(path);
    }

    private long put(String logicalPath, InputStream content) throws IOException {
        long id = write(logicalPath, connection -> {
            Optional<ReplicaRow> present = Objects.find(connection, logicalPath);
            return present.isPresent() ? present.get().id() : add(connection, logicalPath, "", 0, services.now());
        });
        Path file = services.vault().fileOf(id);
        long size = Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        write(logicalPath, connection -> {
            connection.update("update R_DATA_MAIN set data_path = ? where data_id = ?", file.toString(), id);
            Objects.setContent(connection, id, size, ReplicaRow.GOOD, "", services.now());
            return id;
        });
        return id;
    }

    private long add(CatalogConnection connection, String path, String file, long size, String modified)
            throws SQLException, ApiException {
        CollectionRow parent = collection(connection, LogicalPath.parent(path));
        User owner = owner(connection, path);
        long id = Ids.next(connection);
        Objects.add(
                connection,
                parent,
                row(id, parent, LogicalPath.name(path), size, file, owner, modified),
                owner,
                services.now());
        return id;
    }

    private ReplicaRow row(
            long id, CollectionRow parent, String name, long size, String file, User owner, String modified) {
        return new ReplicaRow(
                id,
                parent.id(),
                name,
                0,
                "generic",
                size,
                file,
                owner.name(),
                owner.zone(),
                ReplicaRow.GOOD,
                "",
                "",
                "",
                services.now(),
                modified,
                services.resourceId());
    }

    private CollectionRow collection(CatalogConnection connection, String path) throws SQLException, ApiException {
        Optional<CollectionRow> present = Collections.find(connection, path);
        if (present.isPresent()) {
            return present.get();
        }
        if (path.equals("/")) {
            throw missing(path);
        }
        CollectionRow parent = collection(connection, LogicalPath.parent(path));
        return Collections.add(connection, parent, path, owner(connection, path), services.now());
    }

    private User owner(CatalogConnection connection, String path) throws SQLException, ApiException {
        String home = "/" + services.zone() + "/home/";
        if (path.startsWith(home)) {
            String name = path.substring(home.length()).split("/", 2)[0];
            Optional<User> user = Users.find(connection, name, services.zone());
            if (user.isPresent() && !user.get().type().equals(User.GROUP)) {
                return user.get();
            }
        }
        return Users.find(connection, administrator, services.zone()).orElseThrow(() -> missing(administrator));
    }

    private static ReplicaRow object(CatalogConnection connection, String path) throws SQLException, ApiException {
        return Objects.find(connection, path).orElseThrow(() -> missing(path));
    }

    private static long anything(CatalogConnection connection, String path) throws SQLException, ApiException {
        Optional<CollectionRow> collection = Collections.find(connection, path);
        return collection.isPresent()
                ? collection.get().id()
                : object(connection, path).id();
    }

    private static ApiException missing(String what) {
        return new ApiException(Status.DOES_NOT_EXIST, "nothing at " + what);
    }

    private <T> T write(String path, CatalogStore.Work<T> work) throws IOException {
        try {
            return services.catalog().write(work);
        } catch (SQLException | ApiException e) {
            throw new IOException("cannot change " + path + " in the zone: " + e.getMessage(), e);
        }
    }
}
