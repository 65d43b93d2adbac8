package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.vault.Checksums;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Payload;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** Put and get of whole objects: inline where small, by a descriptor otherwise. Portals are never offered. */
final class TransferCalls {
    /** Larger objects are not sent inline. */
    private static final long MAX_INLINE = 32L * 1024 * 1024;

    private TransferCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(606, "DATA_OBJ_PUT", TransferCalls::put),
                Call.of(608, "DATA_OBJ_GET", TransferCalls::get),
                Call.of(626, "OPR_COMPLETE", TransferCalls::complete));
    }

    private static Reply put(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        requireFree(session, input);
        OpenReplica replica;
        try {
            replica = new Opening(session, input, OpenFlags.forPut()).open();
        } catch (ApiException e) {
            throw e.status() == Status.NAME_IS_COLLECTION
                    ? new ApiException(Status.OVERWRITE_WITHOUT_FORCE, "a collection is there")
                    : e;
        }
        if (!input.keys().has("dataIncluded")) {
            return Reply.of(0, portal(session.descriptors().add(replica)));
        }
        if (request.binaryLength() != input.dataSize()) {
            Closing.abandon(session.zone(), replica);
            throw new ApiException(Status.LENGTH_DIFFERS, "data is not as long as said");
        }
        request.receive(replica.file(), replica.beginWrite(request.binaryLength()));
        settle(session.zone(), replica);
        PutExtras.apply(session, replica);
        return Reply.DONE;
    }

    private static void requireFree(Session session, DataObjectInput input) throws SQLException, ApiException {
        if (input.keys().has("forceFlag")) {
            return;
        }
        boolean taken = session.zone().catalog().read(connection -> {
            Optional<ReplicaRow> row = Objects.find(connection, input.path());
            return row.isPresent() && session.sees(connection, row.get());
        });
        if (taken) {
            throw new ApiException(Status.OVERWRITE_WITHOUT_FORCE, input.path() + " exists");
        }
    }

    /** Closes a put with the checksum that the client asked for or told. */
    private static void settle(ZoneServices zone, OpenReplica replica) throws SQLException, ApiException, IOException {
        Optional<String> expected = replica.input().keys().get("verifyChksum");
        boolean register = replica.input().keys().has("regChksum");
        String checksum = expected.isPresent()
                ? Checksums.like(expected.get(), replica.file())
                : register ? Checksums.sha256(replica.file()) : "";
        Closing.close(zone, replica, Closing.Options.NORMAL);
        if (checksum.isEmpty()) {
            return;
        }
        boolean wrong = expected.isPresent()
                && !expected.get().isEmpty()
                && !expected.get().equals(checksum);
        zone.catalog().write(connection -> {
            Objects.setChecksum(connection, replica.row().id(), checksum);
            if (wrong) {
                Objects.setState(connection, replica.row().id(), ReplicaRow.STALE);
            }
            return checksum;
        });
        if (wrong) {
            throw new ApiException(Status.CHECKSUM_MISMATCH, "the data has another checksum");
        }
    }

    private static Reply get(Session session, Request request) throws ApiException, SQLException, IOException {
        DataObjectInput input = DataObjectInput.read(request.body());
        OpenReplica replica;
        try {
            replica = new Opening(session, input, new OpenFlags(0)).open();
        } catch (ApiException e) {
            throw e.status() == Status.OBJECT_PATH_DOES_NOT_EXIST
                    ? new ApiException(Status.NO_ROWS, "no object " + input.path())
                    : e;
        }
        long size = replica.readable(Long.MAX_VALUE);
        if (size > MAX_INLINE) {
            int number = session.descriptors().add(replica);
            return Reply.of(number, portal(number));
        }
        String checksum = input.keys().has("verifyChksum") ? replica.row().checksum() : "";
        return Reply.of((int) size, portal(0, checksum))
                .withPayload(new Payload.FileRegion(replica.file(), 0, size, true));
    }

    private static Reply complete(Session session, Request request) throws ApiException, SQLException, IOException {
        int number = Bodies.readInteger(request.body());
        OpenReplica replica = session.descriptors().get(number);
        session.descriptors().remove(number);
        if (replica.written()) {
            settle(session.zone(), replica);
        } else {
            Closing.close(session.zone(), replica, Closing.Options.NORMAL);
        }
        return Reply.DONE;
    }

    private static byte[] portal(int descriptor) {
        return portal(descriptor, "");
    }

    private static byte[] portal(int descriptor, String checksum) {
        return new XmlWriter(300)
                .open("PortalOprOut_PI")
                .number("status", 0)
                .number("l1descInx", descriptor)
                .number("numThreads", 0)
                .text("chksum", checksum)
                .open("PortList_PI")
                .number("portNum", 0)
                .number("cookie", 0)
                .number("sock", 0)
                .number("windowSize", 0)
                .text("hostAddr", "")
                .close("PortList_PI")
                .close("PortalOprOut_PI")
                .bytes();
    }
}
