package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.Ids;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Status;

/** Opens objects: finds or creates them, checks what the user may, takes the write lock. */
final class Opening {
    /** The longest name that a file system takes, in bytes. */
    private static final int MAX_NAME_BYTES = 255;

    /** The longest path of an object, in bytes: the real server puts it behind its vault's path, of 20, in 1,088. */
    private static final int MAX_PATH_BYTES = 1_070;

    private final Session session;
    private final ZoneServices zone;
    private final DataObjectInput input;
    private final OpenFlags flags;

    Opening(Session session, DataObjectInput input, OpenFlags flags) {
        this.session = session;
        this.zone = session.zone();
        this.input = input;
        this.flags = flags;
    }

    /** Opens, and returns what the descriptor stands for. */
    OpenReplica open() throws ApiException, SQLException, IOException {
        String resource = input.keys()
                .get("rescName")
                .orElse(input.keys().get("destRescName").orElse(zone.resource()));
        if (!resource.equals(zone.resource())) {
            throw new ApiException(Status.RESOURCE_DOES_NOT_EXIST, "unknown resource " + resource);
        }
        zone.trees().refresh(input.path());
        session.ticket().claim(input.path(), flags.writes());
        Optional<ReplicaRow> present = zone.catalog().read(this::visible);
        if (present.isEmpty()) {
            if (!flags.creates()) {
                throw new ApiException(Status.OBJECT_PATH_DOES_NOT_EXIST, "no object " + input.path());
            }
            return create();
        }
        if (flags.exclusive() && flags.creates()) {
            throw new ApiException(Status.FILE_EXISTS, input.path() + " exists");
        }
        String replica = input.keys().get("replNum").orElse("0");
        if (!replica.strip().equals("0")) {
            throw new ApiException(Status.REPLICA_DOES_NOT_EXIST, "no replica " + replica);
        }
        return flags.writes() ? openForWriting(present.get().id()) : openForReading(present.get());
    }

    private Optional<ReplicaRow> visible(CatalogConnection connection) throws SQLException, ApiException {
        Optional<ReplicaRow> found = Objects.find(connection, input.path());
        if (found.isPresent() && !session.sees(connection, found.get())) {
            throw new ApiException(Status.OBJECT_PATH_DOES_NOT_EXIST, "no object " + input.path());
        }
        return found;
    }

    private OpenReplica openForReading(ReplicaRow row) throws ApiException, IOException, SQLException {
        if (!zone.catalog().read(connection -> session.may(connection, row.id(), Permission.READ))) {
            throw new ApiException(Status.NO_ACCESS, "no permission to read " + input.path());
        }
        if (row.state() == ReplicaRow.INTERMEDIATE) {
            throw locked();
        }
        return new OpenReplica(input, flags, row, channel(row, StandardOpenOption.READ), "", false, row.state());
    }

    private OpenReplica openForWriting(long id) throws SQLException, ApiException, IOException {
        Optional<String> joining = input.keys().get("replicaToken");
        record Opened(ReplicaRow row, int stateBefore, String token) {}
        Opened opened = zone.catalog().write(connection -> {
            ReplicaRow row = Objects.byId(connection, id).orElseThrow(this::gone);
            if (!session.may(connection, id, Permission.WRITE)) {
                throw new ApiException(Status.NO_ACCESS, "no permission to write " + input.path());
            }
            if (row.state() == ReplicaRow.INTERMEDIATE || joining.isPresent()) {
                if (joining.isEmpty() || !zone.locks().join(id, joining.get())) {
                    throw locked();
                }
                return new Opened(row, ReplicaRow.GOOD, joining.get());
            }
            if (!zone.vault().owns(Path.of(row.physicalPath()))) {
                throw new ApiException(Status.NO_ACCESS, input.path() + " is served in place, read-only");
            }
            long size = flags.truncates() ? 0 : row.size();
            String checksum = flags.truncates() ? "" : row.checksum();
            Objects.setContent(connection, id, size, ReplicaRow.INTERMEDIATE, checksum, row.modified());
            String token = zone.locks().begin(id);
            return new Opened(Objects.byId(connection, id).orElseThrow(this::gone), row.state(), token);
        });
        FileChannel file;
        try {
            file = channel(opened.row(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (flags.truncates()) {
                file.truncate(0);
            }
        } catch (IOException | ApiException e) {
            zone.locks().end(id, true);
            zone.catalog().write(connection -> {
                Objects.setState(connection, id, opened.stateBefore());
                return id;
            });
            throw e;
        }
        return new OpenReplica(input, flags, opened.row(), file, opened.token(), false, opened.stateBefore());
    }

    private OpenReplica create() throws SQLException, ApiException, IOException {
        String name = LogicalPath.name(input.path());
        ReplicaRow row = zone.catalog().write(connection -> {
            CollectionRow parent = parentFor(connection, name);
            long id = Ids.next(connection);
            String now = zone.now();
            ReplicaRow fresh = new ReplicaRow(
                    id,
                    parent.id(),
                    name,
                    0,
                    input.keys().get("dataType").orElse("generic"),
                    0,
                    fileOf(id).toString(),
                    session.user().name(),
                    session.user().zone(),
                    ReplicaRow.INTERMEDIATE,
                    "",
                    Integer.toString(input.createMode()),
                    "",
                    now,
                    now,
                    zone.resourceId());
            Objects.add(connection, parent, fresh, session.user(), now);
            return fresh;
        });
        String token = zone.locks().begin(row.id());
        FileChannel file = channel(
                row,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        return new OpenReplica(input, flags, row, file, token, true, ReplicaRow.INTERMEDIATE);
    }

    private CollectionRow parentFor(CatalogConnection connection, String name) throws SQLException, ApiException {
        if (Collections.find(connection, input.path()).isPresent()) {
            throw new ApiException(Status.NAME_IS_COLLECTION, "a collection " + input.path() + " exists");
        }
        CollectionRow parent = Collections.find(connection, LogicalPath.parent(input.path()))
                .orElseThrow(() -> ApiException.told(Status.UNKNOWN_COLLECTION, "no collection for " + input.path()));
        if (!session.may(connection, parent.id(), Permission.WRITE)) {
            throw ApiException.told(Status.NO_ACCESS, "no permission to create in " + parent.path());
        }
        if (input.path().getBytes(UTF_8).length > MAX_PATH_BYTES) {
            throw new ApiException(Status.PATH_TOO_LONG, "path longer than " + MAX_PATH_BYTES + " bytes");
        }
        if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            throw new ApiException(Status.FILE_NAME_TOO_LONG, "name longer than " + MAX_NAME_BYTES + " bytes");
        }
        if (Objects.find(connection, input.path()).isPresent()) {
            throw locked();
        }
        return parent;
    }

    private Path fileOf(long id) throws SQLException {
        try {
            return zone.vault().fileOf(id);
        } catch (IOException e) {
            throw new SQLException("cannot make a place in the vault", e);
        }
    }

    private FileChannel channel(ReplicaRow row, StandardOpenOption... options) throws IOException, ApiException {
        try {
            return FileChannel.open(Path.of(row.physicalPath()), Set.of(options));
        } catch (NoSuchFileException e) {
            throw new ApiException(Status.FILE_OPEN_MISSING, "the file of " + input.path() + " is missing");
        }
    }

    private ApiException locked() {
        return new ApiException(Status.HIERARCHY, input.path() + " is open for writing");
    }

    private ApiException gone() {
        return new ApiException(Status.OBJECT_PATH_DOES_NOT_EXIST, input.path() + " was removed");
    }
}
