package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.omerods.zone.query.GenQuery1;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.GenQueryInput;
import org.omerods.zone.wire.Reply;

/** GenQuery 1. */
final class QueryCalls {
    private static final int RETURN_TOTAL = 0x20;
    private static final int AUTO_CLOSE = 0x100;

    private QueryCalls() {}

    static List<Call> calls() {
        return List.of(Call.of(702, "GEN_QUERY", QueryCalls::genQuery));
    }

    private static Reply genQuery(Session session, Request request) throws ApiException, SQLException, IOException {
        GenQueryInput input = GenQueryInput.read(request.body());
        if (input.continueIndex() > 0) {
            return Pages.next(session, input.continueIndex(), input.maxRows(), false);
        }
        GenQuery1.Translated query;
        try {
            query = GenQuery1.translate(input, session.asker());
        } catch (ApiException e) {
            return Reply.of(e.status(), Pages.empty(0));
        }
        boolean autoClose = (input.options() & AUTO_CLOSE) != 0;
        boolean total = (input.options() & RETURN_TOTAL) != 0;
        Pages.Query page = new Pages.Query(query.sql(), query.arguments(), query.columns(), input.offset(), total);
        return Pages.first(session, page, input.maxRows(), autoClose);
    }
}
