package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.CollectionInput;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** Removing objects and collections, for good or to the trash. */
final class RemovalCalls {
    /** Status of a progress message, and the four bytes by which the client goes on. */
    private static final int PROGRESS = 99_999_996;

    private static final int GO_ON = 99_999_997;
    private static final int OBJECTS_PER_MESSAGE = 10;

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

    private static Reply removeCollection(Session session, Request request)
            throws ApiException, SQLException, IOException {
        CollectionInput input = CollectionInput.read(request.body());
        String path = LogicalPath.trimmed(input.path());
        Removal removal = new Removal(session);
        boolean force = input.keys().has("forceFlag");
        if (!input.keys().has("recursiveOpr")) {
            removal.emptyCollection(path);
            return Reply.of(0, progress(1, 1, path));
        }
        if (!force) {
            removal.toTrash(path);
            return Reply.of(0, progress(1, 1, path));
        }
        try {
            return Reply.of(0, progress(removeTree(session, request, removal, path), 0, ""));
        } catch (ApiException e) {
            return e.status() == Status.COLLECTION_NOT_EMPTY && e.body() == null
                    ? Reply.of(e.status(), progress(0, 0, ""))
                    : Reply.of(e);
        }
    }

    /** Removes all; where the zone is told to, it asks the client after each ten objects. Returns the count since then. */
    private static int removeTree(Session session, Request request, Removal removal, String path)
            throws ApiException, SQLException, IOException {
        removal.requireTree(path);
        boolean asks = session.zone().progressMessages();
        int limit = asks ? OBJECTS_PER_MESSAGE : Integer.MAX_VALUE;
        while (true) {
            Removal.Step step = removal.step(path, limit);
            if (step.done()) {
                return step.removed();
            }
            if (!request.ask(Reply.of(PROGRESS, progress(step.removed(), 0, step.last())), GO_ON)) {
                return abandoned();
            }
        }
    }

    private static int abandoned() throws ApiException {
        throw new ApiException(
                Status.COLLECTION_NOT_EMPTY, "the client did not answer a progress message", new byte[0]);
    }

    private static byte[] progress(int files, int total, String last) {
        return new XmlWriter()
                .open("CollOprStat_PI")
                .number("filesCnt", files)
                .number("totalFileCnt", total)
                .number("bytesWritten", 0)
                .text("lastObjPath", last)
                .close("CollOprStat_PI")
                .bytes();
    }
}
