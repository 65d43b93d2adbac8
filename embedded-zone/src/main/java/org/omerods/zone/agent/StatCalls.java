package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** What is at a path. */
final class StatCalls {
    static final int OBJECT = 1;
    static final int COLLECTION = 2;

    private StatCalls() {}

    static List<Call> calls() {
        return List.of(Call.of(633, "OBJ_STAT", StatCalls::stat));
    }

    private static Reply stat(Session session, Request request) throws ApiException, SQLException {
        DataObjectInput input = read(request);
        String path = LogicalPath.trimmed(input.path());
        session.zone().trees().refresh(path);
        String wanted = input.keys().get("selObjType").orElse("");
        return session.zone().catalog().read(connection -> {
            session.requireCursorSpace();
            Optional<Reply> object = wanted.equals("collection") || !path.equals(input.path())
                    ? Optional.empty()
                    : statObject(session, connection, path);
            if (object.isPresent()) {
                return object.get();
            }
            Optional<Reply> collection =
                    wanted.equals("dataObj") ? Optional.empty() : statCollection(session, connection, path);
            return collection.orElseThrow(() -> new ApiException(Status.DOES_NOT_EXIST, "nothing at " + path));
        });
    }

    /** A path that is not UTF-8 is a path at which nothing is. */
    private static DataObjectInput read(Request request) throws ApiException {
        try {
            return DataObjectInput.read(request.body());
        } catch (ApiException e) {
            throw e.status() == Status.SQL ? new ApiException(Status.DOES_NOT_EXIST, "no such path") : e;
        }
    }

    private static Optional<Reply> statObject(Session session, CatalogConnection connection, String path)
            throws SQLException, ApiException {
        Optional<ReplicaRow> found = Objects.find(connection, path);
        if (found.isEmpty() || !session.sees(connection, found.get())) {
            return Optional.empty();
        }
        ReplicaRow row = found.get();
        long mode = row.mode().isEmpty() ? 0 : Long.parseLong(row.mode());
        return Optional.of(reply(
                OBJECT,
                row.size(),
                mode,
                row.id(),
                row.checksum(),
                row.owner(),
                row.ownerZone(),
                row.created(),
                row.modified()));
    }

    private static Optional<Reply> statCollection(Session session, CatalogConnection connection, String path)
            throws SQLException, ApiException {
        Optional<CollectionRow> found = Collections.find(connection, path);
        if (found.isEmpty() || !session.sees(connection, found.get().id())) {
            return Optional.empty();
        }
        CollectionRow row = found.get();
        return Optional.of(
                reply(COLLECTION, 0, 0, row.id(), "", row.owner(), row.ownerZone(), row.created(), row.modified()));
    }

    private static Reply reply(
            int type,
            long size,
            long mode,
            long id,
            String checksum,
            String owner,
            String zone,
            String created,
            String modified) {
        return Reply.of(
                type,
                new XmlWriter(400)
                        .open("RodsObjStat_PI")
                        .number("objSize", size)
                        .number("objType", type)
                        .number("dataMode", mode)
                        .number("dataId", id)
                        .text("chksum", checksum)
                        .text("ownerName", owner)
                        .text("ownerZone", zone)
                        .text("createTime", created)
                        .text("modifyTime", modified)
                        .close("RodsObjStat_PI")
                        .bytes());
    }
}
