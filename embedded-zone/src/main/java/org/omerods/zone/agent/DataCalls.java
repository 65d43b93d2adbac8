package org.omerods.zone.agent;

import java.io.IOException;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.OpenedObjectInput;
import org.omerods.zone.wire.Payload;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.XmlWriter;

/** Reading, writing and seeking on open descriptors. */
final class DataCalls {
    private DataCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(674, "DATA_OBJ_LSEEK", DataCalls::seek),
                Call.of(675, "DATA_OBJ_READ", DataCalls::read),
                Call.of(676, "DATA_OBJ_WRITE", DataCalls::write));
    }

    private static Reply seek(Session session, Request request) throws ApiException, IOException {
        OpenedObjectInput input = OpenedObjectInput.read(request.body());
        OpenReplica replica = session.descriptors().get(input.descriptor());
        try {
            return Reply.of(0, offset(replica.seek(input.whence(), input.offset())));
        } catch (ApiException e) {
            return Reply.of(e.status(), offset(e.status()));
        }
    }

    private static byte[] offset(long value) {
        return new XmlWriter()
                .open("fileLseekOut_PI")
                .number("offset", value)
                .close("fileLseekOut_PI")
                .bytes();
    }

    private static Reply read(Session session, Request request) throws ApiException, IOException {
        OpenedObjectInput input = OpenedObjectInput.read(request.body());
        OpenReplica replica = session.descriptors().get(input.descriptor());
        Pause.of(session.zone().faults().readDelay());
        long length = replica.readable(Math.max(0, input.length()));
        if (length == 0) {
            return Reply.DONE;
        }
        Payload data = new Payload.FileRegion(replica.file(), replica.position(), length, false);
        replica.advance(length);
        return Reply.of((int) length).withPayload(data);
    }

    private static Reply write(Session session, Request request) throws ApiException, IOException {
        OpenedObjectInput input = OpenedObjectInput.read(request.body());
        OpenReplica replica = session.descriptors().get(input.descriptor());
        long length = request.binaryLength();
        request.receive(replica.file(), replica.beginWrite(length));
        return Reply.of((int) length);
    }
}
