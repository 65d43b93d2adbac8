package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.OpenedObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Opening, creating and closing objects. */
final class OpenCalls {
    private OpenCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(601, "DATA_OBJ_CREATE", OpenCalls::create),
                Call.of(602, "DATA_OBJ_OPEN", OpenCalls::open),
                Call.of(673, "DATA_OBJ_CLOSE", OpenCalls::close),
                Call.of(20_000, "GET_FILE_DESCRIPTOR_INFO", OpenCalls::describe),
                Call.of(20_003, "REPLICA_OPEN", OpenCalls::openReplica),
                Call.of(20_004, "REPLICA_CLOSE", OpenCalls::closeReplica));
    }

    private static Reply create(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        return Reply.of(add(session, input, OpenFlags.forPut()));
    }

    private static Reply open(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        return Reply.of(add(session, input, new OpenFlags(input.openFlags())));
    }

    private static Reply openReplica(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        if (!input.path().isEmpty() && !input.path().startsWith("/")) {
            throw new ApiException(Status.INVALID_FILE_PATH, "a relative path");
        }
        int number = add(session, input, new OpenFlags(input.openFlags()));
        String json = DescriptorJson.of(session.zone(), session.descriptors().get(number));
        return Reply.of(number, Bodies.json(json));
    }

    private static int add(Session session, DataObjectInput input, OpenFlags flags)
            throws ApiException, SQLException, IOException {
        if (!session.descriptors().hasRoom()) {
            throw new EOFException("too many open objects on this connection: the real agent ends here, too");
        }
        return session.descriptors().add(new Opening(session, input, flags).open());
    }

    private static Reply describe(Session session, Request request) throws ApiException {
        ObjectNode json = Json.object(Bodies.readBinaryBuffer(request.body()), Status.INTERNAL);
        OpenReplica replica = session.descriptors().get(json.path("fd").asInt(-1));
        return Reply.of(0, Bodies.json(DescriptorJson.of(session.zone(), replica)));
    }

    private static Reply close(Session session, Request request) throws ApiException, SQLException, IOException {
        OpenedObjectInput input = OpenedObjectInput.read(request.body());
        if (!Descriptors.inRange(input.descriptor())) {
            throw new ApiException(Status.DESCRIPTOR_OUT_OF_RANGE, "descriptor " + input.descriptor());
        }
        OpenReplica replica = session.descriptors()
                .find(input.descriptor())
                .orElseThrow(() -> new ApiException(Status.INVALID_INPUT, "descriptor is not open"));
        session.descriptors().remove(input.descriptor());
        boolean checksum =
                input.keys().has("regChksum") || replica.input().keys().has("regChksum");
        Closing.close(session.zone(), replica, new Closing.Options(true, true, checksum));
        return Reply.DONE;
    }

    private static Reply closeReplica(Session session, Request request) throws ApiException, SQLException, IOException {
        ObjectNode json = Json.object(Bodies.readBinaryBuffer(request.body()), Status.INTERNAL);
        JsonNode number = json.get("fd");
        if (number == null || !number.isInt()) {
            throw new ApiException(Status.INVALID_INPUT, "no descriptor to close");
        }
        OpenReplica replica = session.descriptors()
                .find(number.intValue())
                .orElseThrow(() -> new ApiException(Status.BAD_DESCRIPTOR, "descriptor is not open"));
        session.descriptors().remove(number.intValue());
        Closing.Options options = new Closing.Options(
                Json.flag(json, "update_size", true),
                Json.flag(json, "update_status", true),
                Json.flag(json, "compute_checksum", false));
        Closing.close(session.zone(), replica, options);
        return Reply.DONE;
    }
}
