package org.omerods.zone.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.vault.Checksums;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Checksums: told, computed, compared. */
final class ChecksumCalls {
    private ChecksumCalls() {}

    static List<Call> calls() {
        return List.of(Call.of(629, "DATA_OBJ_CHKSUM", ChecksumCalls::checksum));
    }

    private static Reply checksum(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        boolean force = input.keys().has("forceChksum");
        boolean verify = input.keys().has("verifyChksum");
        if (force && verify) {
            throw new ApiException(Status.INCOMPATIBLE, "forceChksum and verifyChksum exclude each other");
        }
        session.zone().trees().refresh(input.path());
        ReplicaRow row = readable(session, input.path());
        if (verify) {
            return verify(row, input.keys().has("no_compute"));
        }
        if (!row.checksum().isEmpty() && !force) {
            return Reply.of(0, Bodies.string(row.checksum()));
        }
        String computed = compute(row);
        boolean registered = session.zone().catalog().write(connection -> {
            boolean may = session.may(connection, row.id(), Permission.WRITE);
            if (may) {
                Objects.setChecksum(connection, row.id(), computed);
            }
            return may;
        });
        return Reply.of(registered ? 0 : Status.NO_ACCESS, Bodies.string(computed));
    }

    private static ReplicaRow readable(Session session, String path) throws SQLException, ApiException {
        return session.zone().catalog().read(connection -> {
            Optional<ReplicaRow> row = Objects.find(connection, path);
            if (row.isEmpty() || !session.sees(connection, row.get())) {
                throw new ApiException(Status.NO_ROWS, "no object " + path);
            }
            if (row.get().state() == ReplicaRow.INTERMEDIATE) {
                throw new ApiException(Status.HIERARCHY, path + " is open for writing");
            }
            return row.get();
        });
    }

    private static Reply verify(ReplicaRow row, boolean presenceOnly) throws ApiException, IOException {
        if (row.checksum().isEmpty()) {
            return Reply.of(
                    Status.CHECK_VERIFICATION,
                    finding(Status.NO_CHECKSUM_REGISTERED, "No checksum is registered.", "warning"));
        }
        if (!presenceOnly && !compute(row).equals(row.checksum())) {
            String message = "The computed checksum differs from the registered one.";
            return Reply.of(Status.CHECK_VERIFICATION, finding(Status.CHECKSUM_MISMATCH, message, "error"))
                    .withErrorStack(Bodies.warning(Status.CHECKSUM_MISMATCH, message));
        }
        return Reply.DONE;
    }

    private static byte[] finding(int code, String message, String severity) {
        var list = Json.array();
        list.addObject().put("error_code", code).put("message", message).put("severity", severity);
        return Bodies.string(Json.write(list));
    }

    private static String compute(ReplicaRow row) throws IOException, ApiException {
        try (FileChannel file = FileChannel.open(Path.of(row.physicalPath()))) {
            return row.checksum().isEmpty() ? Checksums.sha256(file) : Checksums.like(row.checksum(), file);
        } catch (NoSuchFileException e) {
            throw new ApiException(Status.FILE_OPEN_MISSING, "the file of " + row.name() + " is missing");
        }
    }
}
