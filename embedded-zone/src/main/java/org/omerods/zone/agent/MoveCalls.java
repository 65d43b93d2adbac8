package org.omerods.zone.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.CopyInput;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** Renaming and copying. */
final class MoveCalls {
    private static final int OBJECT = 11;
    private static final int COLLECTION = 12;

    private MoveCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(627, "DATA_OBJ_RENAME", MoveCalls::rename),
                Call.of(695, "DATA_OBJ_REPL", MoveCalls::replicate),
                Call.of(696, "DATA_OBJ_COPY", MoveCalls::copy));
    }

    private static Reply rename(Session session, Request request) throws ApiException, SQLException {
        CopyInput input = CopyInput.read(request.body());
        String from = LogicalPath.trimmed(input.source().path());
        String to = LogicalPath.trimmed(input.destination().path());
        if (from.equals(to)) {
            throw new ApiException(Status.SAME_PATHS, "source and destination are the same");
        }
        int kind = input.source().operation();
        session.zone().catalog().write(connection -> {
            Optional<ReplicaRow> object = kind == COLLECTION ? Optional.empty() : Objects.find(connection, from);
            if (object.isPresent() && session.sees(connection, object.get())) {
                renameObject(session, connection, object.get(), from, to);
                return from;
            }
            Optional<CollectionRow> collection = kind == OBJECT ? Optional.empty() : Collections.find(connection, from);
            if (collection.isEmpty()
                    || !session.sees(connection, collection.get().id())) {
                throw new ApiException(Status.NO_ROWS, "nothing at " + from);
            }
            renameCollection(session, connection, collection.get(), to);
            return from;
        });
        return Reply.DONE;
    }

    private static void renameObject(
            Session session, CatalogConnection connection, ReplicaRow row, String from, String to)
            throws SQLException, ApiException {
        requireOwn(session, connection, row.id(), from);
        requireMovable(!session.zone().trees().holds(row.physicalPath()), from);
        requireFree(connection, to);
        boolean stays = LogicalPath.parent(from).equals(LogicalPath.parent(to));
        CollectionRow parent = parent(session, connection, to, !stays);
        Objects.move(connection, row.id(), parent.id(), LogicalPath.name(to));
        String now = session.zone().now();
        if (parent.id() != row.collectionId()) {
            Objects.setModified(connection, row.id(), now);
            Collections.touch(connection, parent.id(), now);
        }
        Collections.touch(connection, row.collectionId(), now);
    }

    private static void renameCollection(Session session, CatalogConnection connection, CollectionRow row, String to)
            throws SQLException, ApiException {
        requireOwn(session, connection, row.id(), row.path());
        requireMovable(!session.zone().trees().touches(row.path()), row.path());
        requireFree(connection, to);
        if (LogicalPath.isWithin(to, row.path())) {
            throw new ApiException(Status.UNKNOWN_COLLECTION, "a collection cannot go into itself");
        }
        parent(session, connection, to, true);
        Collections.move(connection, row.path(), to, session.zone().now());
    }

    private static void requireOwn(Session session, CatalogConnection connection, long id, String path)
            throws SQLException, ApiException {
        if (!session.may(connection, id, Permission.OWN)) {
            throw new ApiException(Status.NO_ACCESS, "not the owner of " + path);
        }
    }

    private static void requireMovable(boolean movable, String path) throws ApiException {
        if (!movable) {
            throw new ApiException(Status.NO_ACCESS, path + " is served in place, read-only");
        }
    }

    private static void requireFree(CatalogConnection connection, String path) throws SQLException, ApiException {
        if (Objects.find(connection, path).isPresent()) {
            throw new ApiException(Status.NAME_IS_OBJECT, "an object " + path + " exists");
        }
        if (Collections.find(connection, path).isPresent()) {
            throw new ApiException(Status.NAME_IS_COLLECTION, "a collection " + path + " exists");
        }
    }

    private static CollectionRow parent(Session session, CatalogConnection connection, String path, boolean enters)
            throws SQLException, ApiException {
        CollectionRow parent = Collections.find(connection, LogicalPath.parent(path))
                .orElseThrow(() -> new ApiException(Status.UNKNOWN_COLLECTION, "no collection for " + path));
        if (enters && !session.may(connection, parent.id(), Permission.WRITE)) {
            throw new ApiException(Status.NO_ACCESS, "no permission to move into " + parent.path());
        }
        return parent;
    }

    private static Reply copy(Session session, Request request) throws ApiException, SQLException, IOException {
        CopyInput input = CopyInput.read(request.body());
        ReplicaRow source = source(session, input.source().path());
        DataObjectInput destination = input.destination();
        boolean madeParent = prepare(session, destination);
        OpenReplica target = new Opening(session, destination, OpenFlags.forPut()).open();
        long size;
        try (FileChannel from = FileChannel.open(Path.of(source.physicalPath()))) {
            size = Math.min(source.size(), from.size());
            long start = target.beginWrite(size);
            for (long done = 0; done < size; ) {
                done += from.transferTo(done, size - done, target.file().position(start + done));
            }
        } catch (IOException e) {
            Closing.abandon(session.zone(), target);
            throw e;
        }
        boolean checksum = destination.keys().has("regChksum");
        Closing.close(session.zone(), target, new Closing.Options(true, true, checksum));
        Reply reply = Reply.of(0, transferred(size));
        return madeParent ? reply.withErrorStack(Bodies.warning(0, "the collection was made")) : reply;
    }

    private static ReplicaRow source(Session session, String path) throws SQLException, ApiException {
        return session.zone().catalog().read(connection -> {
            Optional<ReplicaRow> row = Objects.find(connection, path);
            if (row.isEmpty() || !session.sees(connection, row.get())) {
                throw new ApiException(Status.INPUT_PATH, "no object " + path);
            }
            if (row.get().state() == ReplicaRow.INTERMEDIATE) {
                throw new ApiException(Status.HIERARCHY, path + " is open for writing");
            }
            return row.get();
        });
    }

    /** Refuses an existing target without force, and makes its collection where it is missing; says whether it did. */
    private static boolean prepare(Session session, DataObjectInput destination) throws SQLException, ApiException {
        String parent = LogicalPath.parent(destination.path());
        return session.zone().catalog().write(connection -> {
            if (!destination.keys().has("forceFlag")
                    && Objects.find(connection, destination.path()).isPresent()) {
                throw new ApiException(Status.OVERWRITE_WITHOUT_FORCE, destination.path() + " exists");
            }
            boolean missing = Collections.find(connection, parent).isEmpty();
            if (missing) {
                CollectionCalls.make(session, connection, parent, true);
            }
            return missing;
        });
    }

    /** There is one resource, on which every object already is. */
    private static Reply replicate(Session session, Request request) throws ApiException, SQLException {
        DataObjectInput input = DataObjectInput.read(request.body());
        String resource = input.keys().get("destRescName").orElse(session.zone().resource());
        if (!resource.equals(session.zone().resource())) {
            int status = Status.RESOURCE_DOES_NOT_EXIST;
            throw ApiException.told(status, "unknown resource " + resource, status);
        }
        source(session, input.path());
        return Reply.of(0, transferred(0));
    }

    private static byte[] transferred(long bytes) {
        return new XmlWriter()
                .open("TransferStat_PI")
                .number("numThreads", 0)
                .number("flags", 0)
                .number("bytesWritten", bytes)
                .close("TransferStat_PI")
                .bytes();
    }
}
