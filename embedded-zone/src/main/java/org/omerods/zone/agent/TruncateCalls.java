package org.omerods.zone.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Making objects shorter or longer. */
final class TruncateCalls {
    private TruncateCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(652, "DATA_OBJ_TRUNCATE", TruncateCalls::truncateOld),
                Call.of(802, "REPLICA_TRUNCATE", TruncateCalls::truncate));
    }

    private static Reply truncate(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        try {
            boolean changed = resize(session, input, Status.OBJECT_PATH_DOES_NOT_EXIST);
            return Reply.of(0, outcome(session, changed ? "" : "it has that size already", true));
        } catch (ApiException e) {
            boolean resolved = e.status() != Status.OBJECT_PATH_DOES_NOT_EXIST && e.status() != Status.HIERARCHY;
            return Reply.of(e.status(), outcome(session, String.valueOf(e.getMessage()), resolved));
        }
    }

    private static Reply truncateOld(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        Reply reply;
        try {
            resize(session, input, Status.NO_ROWS);
            reply = Reply.DONE;
        } catch (ApiException e) {
            reply = Reply.of(e);
        }
        return reply.withErrorStack(
                Bodies.warning(Status.DEPRECATED_CALL, "This call is deprecated; use REPLICA_TRUNCATE."));
    }

    private static byte[] outcome(Session session, String message, boolean resolved) {
        var json = Json.object().put("message", message);
        if (resolved) {
            json.put("replica_number", 0)
                    .put("resource_hierarchy", session.zone().resource());
        } else {
            json.putNull("replica_number").putNull("resource_hierarchy");
        }
        return Bodies.string(Json.write(json));
    }

    /** Sets the size; says whether it was another one before. */
    private static boolean resize(Session session, DataObjectInput input, int missing)
            throws SQLException, ApiException, IOException {
        ReplicaRow row = session.zone().catalog().read(connection -> {
            Optional<ReplicaRow> found = Objects.find(connection, input.path());
            if (found.isEmpty() || !session.sees(connection, found.get())) {
                throw new ApiException(missing, "no object " + input.path());
            }
            if (found.get().state() == ReplicaRow.INTERMEDIATE) {
                throw new ApiException(Status.HIERARCHY, input.path() + " is open for writing");
            }
            if (!session.may(connection, found.get().id(), Permission.WRITE)) {
                throw new ApiException(Status.NO_ACCESS, "no permission to write " + input.path());
            }
            return found.get();
        });
        if (input.dataSize() < 0) {
            throw new ApiException(Status.TRUNCATE_INVALID, "a negative size");
        }
        if (!session.zone().vault().owns(Path.of(row.physicalPath()))) {
            throw new ApiException(Status.NO_ACCESS, input.path() + " is served in place, read-only");
        }
        if (row.size() == input.dataSize()) {
            return false;
        }
        resizeFile(Path.of(row.physicalPath()), input.dataSize());
        session.zone().catalog().write(connection -> {
            Objects.setContent(
                    connection,
                    row.id(),
                    input.dataSize(),
                    ReplicaRow.GOOD,
                    "",
                    session.zone().now());
            return row;
        });
        return true;
    }

    private static void resizeFile(Path path, long size) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (size <= file.size()) {
                file.truncate(size);
            } else {
                file.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }
}
