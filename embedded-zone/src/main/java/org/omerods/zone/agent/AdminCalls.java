package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.KeyValues;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;

/** What administrators do: switch user, repair a replica; and what tells of the zone. */
final class AdminCalls {
    private static final Set<String> OPERATIONS = Set.of("CREATE", "OPEN", "WRITE", "UNLINK");

    private AdminCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(622, "MOD_DATA_OBJ_META", AdminCalls::repair),
                Call.of(701, "GENERAL_ADMIN", AdminCalls::administrate),
                Call.of(10_205, "ZONE_REPORT", (session, request) -> report(session)),
                Call.of(10_220, "GET_RESOURCE_INFO_FOR_OPERATION", AdminCalls::resourceInfo),
                Call.of(20_012, "SWITCH_USER", AdminCalls::switchUser));
    }

    private static Reply switchUser(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("SwitchUserInp_PI");
        String name = in.text("username", 64);
        String zone = in.text("zone", 64);
        KeyValues keys = KeyValues.readFrom(in);
        in.close("SwitchUserInp_PI");
        if (!session.proxy().isAdministrator()) {
            throw new ApiException(Status.PROXY_WITHOUT_PRIVILEGE, "only administrators switch users");
        }
        User user = session.zone()
                .catalog()
                .read(connection -> Users.find(connection, name, zone))
                .orElseThrow(() -> new ApiException(Status.INVALID_USER, "unknown user " + name));
        if (!session.descriptors().isEmpty()) {
            if (!keys.has("close_open_replicas")) {
                throw new ApiException(Status.NOT_ALLOWED, "objects are open");
            }
            session.descriptors().abandonAll();
        }
        session.become(keys.has("switch_proxy_user") ? user : session.proxy(), user);
        return Reply.DONE;
    }

    /** Users and resources of this zone are set when it starts; there is nothing to administrate by this call. */
    private static Reply administrate(Session session, Request request) throws ApiException {
        request.body();
        requireAdministrator(session, Status.NO_API_PRIVILEGE);
        throw new ApiException(Status.INVALID_INPUT, "users and resources are set when the zone starts");
    }

    private static Reply report(Session session) throws ApiException {
        requireAdministrator(session, Status.NO_API_PRIVILEGE);
        var report = Json.object();
        var zone = report.putArray("zones").addObject();
        zone.put("zone_name", session.zone().zone());
        zone.putArray("coordinating_resources");
        zone.putArray("servers").addObject().putObject("version").put("irods_version", ZoneServices.VERSION);
        return Reply.of(0, Bodies.textBuffer(Json.write(report)));
    }

    private static Reply resourceInfo(Session session, Request request) throws ApiException, SQLException {
        DataObjectInput input = DataObjectInput.read(request.body());
        Optional<String> operation = input.keys().get("getResourceInfoOpType");
        if (operation.isEmpty()) {
            throw ApiException.told(Status.INVALID_INPUT, "no operation", Status.INVALID_INPUT);
        }
        if (!OPERATIONS.contains(operation.get())) {
            throw ApiException.told(Status.INVALID_OPERATION, "unknown operation", Status.INVALID_OPERATION);
        }
        if (!operation.get().equals("CREATE")) {
            session.zone().catalog().read(connection -> {
                Optional<ReplicaRow> row = Objects.find(connection, input.path());
                if (row.isEmpty() || !session.sees(connection, row.get())) {
                    throw new ApiException(Status.NO_ROWS, "no object " + input.path());
                }
                return row;
            });
        }
        var json = Json.object().put("host", session.zone().host());
        json.put("resource_hierarchy", session.zone().resource());
        return Reply.of(0, Bodies.string(Json.write(json)));
    }

    /** Sets what an administrator says of a replica, right or wrong. */
    private static Reply repair(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("ModDataObjMeta_PI");
        in.open("DataObjInfo_PI");
        String path = in.text("objPath");
        in.skip("DataObjInfo_PI");
        KeyValues keys = KeyValues.readFrom(in);
        in.close("ModDataObjMeta_PI");
        requireAdministrator(session, Status.INSUFFICIENT_PRIVILEGE);
        session.zone().catalog().write(connection -> {
            ReplicaRow row = Objects.find(connection, path)
                    .orElseThrow(() -> new ApiException(Status.UNKNOWN_FILE, "no object " + path));
            Optional<String> checksum = keys.get("chksum");
            if (checksum.isPresent()) {
                Objects.setChecksum(connection, row.id(), checksum.get());
            }
            Optional<String> state = keys.get("replStatus");
            if (state.isPresent() && state.get().matches("[0-4]")) {
                Objects.setState(connection, row.id(), Integer.parseInt(state.get()));
            }
            return row;
        });
        return Reply.DONE;
    }

    private static void requireAdministrator(Session session, int status) throws ApiException {
        if (!session.user().isAdministrator()) {
            throw new ApiException(status, "not an administrator");
        }
    }
}
