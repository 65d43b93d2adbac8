package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.List;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.CollectionInput;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.XmlWriter;

/** Removing objects and collections, for good or to the trash. */
final class RemovalCalls {
    private RemovalCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(615, "DATA_OBJ_UNLINK", RemovalCalls::unlink),
                Call.of(679, "RM_COLL", RemovalCalls::removeCollection));
    }

    private static Reply unlink(Session session, Request request) throws ApiException, SQLException {
        DataObjectInput input = DataObjectInput.read(request.body());
        new Removal(session).object(input.path(), input.keys().has("forceFlag"));
        return Reply.DONE;
    }

    private static Reply removeCollection(Session session, Request request) throws ApiException, SQLException {
        CollectionInput input = CollectionInput.read(request.body());
        String path = LogicalPath.trimmed(input.path());
        Removal removal = new Removal(session);
        if (!input.keys().has("recursiveOpr")) {
            removal.emptyCollection(path);
            return Reply.DONE;
        }
        int removed = removal.tree(path, input.keys().has("forceFlag"));
        return Reply.of(0, progress(removed));
    }

    private static byte[] progress(int files) {
        return new XmlWriter()
                .open("CollOprStat_PI")
                .number("filesCnt", files)
                .number("totalFileCnt", 0)
                .number("bytesWritten", 0)
                .text("lastObjPath", "")
                .close("CollOprStat_PI")
                .bytes();
    }
}
