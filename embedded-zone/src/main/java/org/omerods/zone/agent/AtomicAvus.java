package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Map;
import org.omerods.zone.catalog.Avus;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** Several changes of the AVUs of one thing, of which all are made or none. */
final class AtomicAvus {
    private static final Map<String, String> KINDS =
            Map.of("data_object", "-d", "collection", "-C", "user", "-u", "resource", "-R");

    private final Session session;

    AtomicAvus(Session session) {
        this.session = session;
    }

    Reply apply(Request request) throws ApiException, SQLException {
        ObjectNode input = parse(request);
        boolean asAdministrator = Json.flag(input, "admin_mode", false);
        if (asAdministrator && !session.user().isAdministrator()) {
            throw failure(Status.INSUFFICIENT_PRIVILEGE, "not an administrator", NullNode.getInstance(), 0);
        }
        String kind = KINDS.get(Json.text(input, "entity_type"));
        JsonNode operations = input.get("operations");
        if (kind == null || !input.has("entity_name") || operations == null || !operations.isArray()) {
            throw failure(Status.INVALID_INPUT, "a key is missing or wrong", NullNode.getInstance(), 0);
        }
        session.zone().trees().refresh(Json.text(input, "entity_name"));
        AvuTarget target = new AvuTarget(session, asAdministrator, Status.UNKNOWN_FILE);
        session.zone().catalog().write(connection -> {
            long id = find(connection, target, kind, Json.text(input, "entity_name"));
            for (int i = 0; i < operations.size(); i++) {
                change(connection, id, operations.get(i), i);
            }
            return id;
        });
        return Reply.of(0, Bodies.json("{}"));
    }

    private static ObjectNode parse(Request request) throws ApiException {
        try {
            return Json.object(Bodies.readBinaryBuffer(request.body()), Status.NOT_WELL_FORMED);
        } catch (ApiException e) {
            if (e.status() == Status.NOT_WELL_FORMED) {
                throw failure(e.status(), "not JSON", NullNode.getInstance(), 0);
            }
            throw e;
        }
    }

    private static long find(CatalogConnection connection, AvuTarget target, String kind, String name)
            throws SQLException, ApiException {
        try {
            return target.find(connection, kind, name, Permission.WRITE);
        } catch (ApiException e) {
            boolean refused = e.status() == Status.NO_ACCESS || e.status() == Status.INSUFFICIENT_PRIVILEGE;
            throw failure(
                    refused ? e.status() : Status.INVALID_INPUT,
                    String.valueOf(e.getMessage()),
                    NullNode.getInstance(),
                    0);
        }
    }

    private void change(CatalogConnection connection, long id, JsonNode operation, int index)
            throws SQLException, ApiException {
        if (!operation.has("operation") || !operation.has("attribute") || !operation.has("value")) {
            throw failure(Status.JSON_VALIDATION, "a key is missing", operation, index);
        }
        String attribute = Json.text(operation, "attribute");
        String value = Json.text(operation, "value");
        String units = Json.text(operation, "units");
        if (attribute.isEmpty() || value.isEmpty()) {
            throw failure(Status.INVALID_INPUT, "an AVU needs an attribute and a value", operation, index);
        }
        if (AvuTarget.isTooLong(attribute, value, units)) {
            throw failure(Status.LIBRARY, "an AVU is too long", operation, index);
        }
        Avus.Triple avu = new Avus.Triple(attribute, value, units);
        switch (Json.text(operation, "operation")) {
            case "add" -> Avus.add(connection, id, avu, session.zone().now());
            case "remove" -> Avus.remove(connection, id, avu);
            default -> throw failure(Status.INVALID_OPERATION, "unknown operation", operation, index);
        }
    }

    static ApiException failure(int status, String message, JsonNode operation, int index) {
        ObjectNode body = Json.object();
        body.put("error_message", message);
        body.set("operation", operation);
        body.put("operation_index", index);
        return new ApiException(status, message, Bodies.json(Json.write(body)));
    }
}
