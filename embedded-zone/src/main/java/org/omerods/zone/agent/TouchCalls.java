package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.CollectionInput;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.KeyValues;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Setting times, and making empty objects by that. */
final class TouchCalls {
    /** Mode of objects that a touch makes: 0600. */
    private static final int CREATE_MODE = 384;

    private TouchCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(680, "MOD_COLL", TouchCalls::modifyCollection), Call.of(20_007, "TOUCH", TouchCalls::touch));
    }

    private static Reply modifyCollection(Session session, Request request) throws ApiException, SQLException {
        CollectionInput input = CollectionInput.read(request.body());
        session.zone().catalog().write(connection -> {
            CollectionRow row = Collections.find(connection, LogicalPath.trimmed(input.path()))
                    .orElseThrow(() -> ApiException.told(Status.UNKNOWN_COLLECTION, "no collection " + input.path()));
            if (!session.may(connection, row.id(), Permission.WRITE)) {
                throw new ApiException(Status.NO_ACCESS, "no permission to change " + input.path());
            }
            Optional<String> time = input.keys().get("collectionMtime");
            if (time.isPresent()) {
                Collections.touch(connection, row.id(), time.get());
            }
            return row;
        });
        return Reply.DONE;
    }

    private static Reply touch(Session session, Request request) throws ApiException, SQLException, IOException {
        ObjectNode input = parse(request);
        String path = LogicalPath.trimmed(Json.text(input, "logical_path"));
        JsonNode options = input.path("options");
        check(session, path, options);
        boolean done = session.zone().catalog().write(connection -> {
            String time = time(session, connection, options);
            return touchPresent(session, connection, path, time);
        });
        if (!done && !Json.flag(options, "no_create", false)) {
            create(session, path);
        }
        return Reply.DONE;
    }

    private static ObjectNode parse(Request request) throws ApiException {
        try {
            return Json.object(Bodies.readBinaryBuffer(request.body()), Status.NOT_WELL_FORMED);
        } catch (ApiException e) {
            throw told(e.status(), "not JSON");
        }
    }

    private static void check(Session session, String path, JsonNode options) throws ApiException {
        if (path.isEmpty()) {
            throw told(Status.NOT_WELL_FORMED, "logical_path is missing");
        }
        boolean timeGiven = options.has("seconds_since_epoch");
        if (timeGiven && options.get("seconds_since_epoch").asLong() < 0) {
            throw told(Status.NOT_WELL_FORMED, "a negative time");
        }
        if (timeGiven && options.has("reference")) {
            throw told(Status.INCOMPATIBLE, "two sources of the time");
        }
        boolean otherReplica = options.path("replica_number").asInt(0) != 0;
        boolean otherResource = options.has("leaf_resource_name")
                && !Json.text(options, "leaf_resource_name")
                        .equals(session.zone().resource());
        if (otherReplica || otherResource) {
            throw told(Status.REPLICA_DOES_NOT_EXIST, "no such replica");
        }
    }

    private static String time(Session session, CatalogConnection connection, JsonNode options)
            throws SQLException, ApiException {
        if (options.has("seconds_since_epoch")) {
            return Times.of(options.get("seconds_since_epoch").asLong());
        }
        if (!options.has("reference")) {
            return session.zone().now();
        }
        String reference = Json.text(options, "reference");
        Optional<String> time = Objects.find(connection, reference).map(ReplicaRow::modified);
        if (time.isPresent()) {
            return time.get();
        }
        return Collections.find(connection, reference)
                .map(CollectionRow::modified)
                .orElseThrow(() -> told(Status.OBJECT_PATH_DOES_NOT_EXIST, "nothing at " + reference));
    }

    /** Sets the time of what is at {@code path}; false where nothing is that the user may see. */
    private static boolean touchPresent(Session session, CatalogConnection connection, String path, String time)
            throws SQLException, ApiException {
        Optional<ReplicaRow> object = Objects.find(connection, path);
        if (object.isPresent() && session.sees(connection, object.get())) {
            if (object.get().state() == ReplicaRow.INTERMEDIATE) {
                throw told(Status.NO_GOOD_REPLICA, path + " is open for writing");
            }
            requireMetadata(session, connection, object.get().id(), path);
            Objects.setModified(connection, object.get().id(), time);
            return true;
        }
        Optional<CollectionRow> collection = Collections.find(connection, path);
        if (collection.isPresent() && session.sees(connection, collection.get().id())) {
            requireMetadata(session, connection, collection.get().id(), path);
            Collections.touch(connection, collection.get().id(), time);
            return true;
        }
        return false;
    }

    private static void requireMetadata(Session session, CatalogConnection connection, long id, String path)
            throws SQLException, ApiException {
        if (!session.may(connection, id, Permission.MODIFY_METADATA)) {
            throw told(Status.NO_ACCESS, "no permission to change " + path);
        }
    }

    private static void create(Session session, String path) throws SQLException, ApiException, IOException {
        DataObjectInput input = new DataObjectInput(path, CREATE_MODE, 0, 0, 0, 0, 0, new KeyValues(Map.of()));
        try {
            OpenReplica replica = new Opening(session, input, OpenFlags.forPut()).open();
            Closing.close(session.zone(), replica, Closing.Options.NORMAL);
        } catch (ApiException e) {
            int status = Status.NEITHER_OBJECT_NOR_COLLECTION;
            throw ApiException.told(status, String.valueOf(e.getMessage()), 0, status);
        }
    }

    private static ApiException told(int status, String reason) {
        return ApiException.told(status, reason, status);
    }
}
