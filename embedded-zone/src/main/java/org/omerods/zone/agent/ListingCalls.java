package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.CollectionInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** Listing a collection entry by entry. Slow by nature: clients that list much use queries. */
final class ListingCalls {
    private static final int LONG = 1;
    private static final int VERY_LONG = 2;
    private static final int RECURSIVE = 4;
    private static final int OBJECTS_FIRST = 8;

    private ListingCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(661, "CLOSE_COLLECTION", ListingCalls::close),
                Call.of(678, "OPEN_COLLECTION", ListingCalls::open),
                Call.of(713, "READ_COLLECTION", ListingCalls::read));
    }

    private static Reply open(Session session, Request request) throws ApiException, SQLException {
        CollectionInput input = CollectionInput.read(request.body());
        String path = LogicalPath.trimmed(input.path());
        if ((input.flags() & RECURSIVE) != 0) {
            session.zone().trees().refreshTree(path);
        } else {
            session.zone().trees().refresh(path);
        }
        List<byte[]> entries = session.zone().catalog().read(connection -> {
            if (Objects.find(connection, path).isPresent()) {
                throw new ApiException(Status.NAME_IS_OBJECT, path + " is an object");
            }
            Optional<CollectionRow> row = Collections.find(connection, path);
            if (row.isEmpty() || !session.sees(connection, row.get().id())) {
                throw new ApiException(Status.DOES_NOT_EXIST, "no collection " + path);
            }
            return entries(session, connection, row.get(), input.flags());
        });
        return Reply.of(session.listings().add(entries.iterator()));
    }

    private static List<byte[]> entries(Session session, CatalogConnection connection, CollectionRow top, int flags)
            throws SQLException, ApiException {
        boolean recursive = (flags & RECURSIVE) != 0;
        List<CollectionRow> holders = recursive ? Collections.tree(connection, top.path()) : List.of(top);
        List<byte[]> collections = new ArrayList<>();
        for (CollectionRow row : recursive ? holders : Collections.children(connection, top.path())) {
            if (session.sees(connection, row.id())) {
                collections.add(collection(row));
            }
        }
        List<byte[]> objects = new ArrayList<>();
        for (CollectionRow holder : holders) {
            for (ReplicaRow row : Objects.children(connection, holder.id())) {
                if (session.sees(connection, row)) {
                    objects.add(object(session.zone(), holder, row, flags));
                }
            }
        }
        boolean objectsFirst = (flags & OBJECTS_FIRST) != 0;
        List<byte[]> result = objectsFirst ? objects : collections;
        result.addAll(objectsFirst ? collections : objects);
        return result;
    }

    private static byte[] collection(CollectionRow row) {
        XmlWriter out = entry(StatCalls.COLLECTION, 0, 0, 0, row.path());
        out.text("createTime", row.created()).text("modifyTime", row.modified()).text("ownerName", row.owner());
        return end(out);
    }

    private static byte[] object(ZoneServices zone, CollectionRow holder, ReplicaRow row, int flags) {
        boolean detailed = (flags & (LONG | VERY_LONG)) != 0;
        long mode = row.mode().isEmpty() ? 0 : Long.parseLong(row.mode());
        XmlWriter out = entry(StatCalls.OBJECT, detailed ? row.state() : 0, mode, row.size(), holder.path());
        out.text("dataName", row.name()).text("dataId", Long.toString(row.id()));
        out.text("createTime", row.created()).text("modifyTime", row.modified());
        boolean everything = (flags & VERY_LONG) != 0;
        out.text("chksum", everything ? row.checksum() : "");
        out.text("resource", detailed ? zone.resource() : "").text("resc_hier", detailed ? zone.resource() : "");
        out.text("phyPath", everything ? row.physicalPath() : "");
        out.text("ownerName", detailed ? row.owner() : "").text("dataType", everything ? row.type() : "");
        return end(out);
    }

    private static XmlWriter entry(int type, int state, long mode, long size, String collection) {
        return new XmlWriter(600)
                .open("CollEnt_PI")
                .number("objType", type)
                .number("replNum", 0)
                .number("replStatus", state)
                .number("dataMode", mode)
                .number("dataSize", size)
                .text("collName", collection);
    }

    private static byte[] end(XmlWriter out) {
        out.open("SpecColl_PI").number("collClass", 0).number("type", 0);
        for (String field : List.of("collection", "objPath", "resource", "rescHier", "phyPath", "cacheDir")) {
            out.text(field, "");
        }
        return out.number("cacheDirty", 0)
                .number("replNum", 0)
                .close("SpecColl_PI")
                .close("CollEnt_PI")
                .bytes();
    }

    private static Reply read(Session session, Request request) throws ApiException {
        Iterator<byte[]> entries = session.listings().get(Bodies.readInteger(request.body()));
        if (!entries.hasNext()) {
            throw new ApiException(Status.NO_ROWS, "the end of the collection");
        }
        return Reply.of(0, entries.next());
    }

    private static Reply close(Session session, Request request) throws ApiException {
        int handle = Bodies.readInteger(request.body());
        session.listings().get(handle);
        session.listings().remove(handle);
        return Reply.DONE;
    }
}
