package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.query.GenQuery1;
import org.omerods.zone.query.GenQuery2;
import org.omerods.zone.query.SpecificQuery;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.GenQueryInput;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;

/** GenQuery 1 and 2, and queries that are stored under a name. */
final class QueryCalls {
    private static final int RETURN_TOTAL = 0x20;
    private static final int AUTO_CLOSE = 0x100;

    private QueryCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(702, "GEN_QUERY", QueryCalls::genQuery),
                Call.of(722, "SPECIFIC_QUERY", QueryCalls::specificQuery),
                Call.of(10_221, "GENQUERY2", QueryCalls::genQuery2));
    }

    private static Reply genQuery2(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("Genquery2Input_PI");
        String query = in.text("query_string");
        String zone = in.optionalText("zone");
        boolean sqlOnly = in.integer("sql_only") != 0;
        boolean mappings = in.integer("column_mappings") != 0;
        in.close("Genquery2Input_PI");
        if (!zone.isEmpty() && !zone.equals(session.zone().zone())) {
            throw new ApiException(Status.INVALID_ZONE, "unknown zone " + zone);
        }
        if (mappings) {
            return Reply.of(0, Bodies.string(Json.write(Json.tree(GenQuery2.columns()))));
        }
        GenQuery2.Translated translated =
                GenQuery2.translate(query, session.asker().withoutTicket());
        if (sqlOnly) {
            return Reply.of(0, Bodies.string(translated.sql()));
        }
        refreshTrees(session, translated.arguments());
        ArrayNode rows = Json.array();
        try (Cursor cursor =
                Cursor.open(session.zone().catalog(), translated.sql(), translated.arguments(), List.of())) {
            for (; cursor.hasRow(); cursor.next()) {
                ArrayNode row = rows.addArray();
                for (int i = 0; i < translated.width(); i++) {
                    row.add(cursor.text(i));
                }
            }
        }
        return Reply.of(0, Bodies.string(Json.write(rows)));
    }

    private static Reply specificQuery(Session session, Request request)
            throws ApiException, SQLException, IOException {
        XmlReader in = new XmlReader(request.body());
        in.open("specificQueryInp_PI");
        String alias = in.text("sql");
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            arguments.add(in.optionalText("arg" + i));
        }
        int maxRows = in.integer("maxRows");
        int continueIndex = in.integer("continueInx");
        int offset = in.integer("rowOffset");
        if (continueIndex > 0) {
            return Pages.next(session, continueIndex, maxRows, false);
        }
        SpecificQuery query = SpecificQuery.named(alias)
                .orElseThrow(() -> ApiException.told(Status.UNKNOWN_SPECIFIC_QUERY, "unknown query " + alias));
        List<String> used = arguments.subList(0, query.argumentCount());
        List<Integer> columns = Collections.nCopies(query.columns(), 0);
        return Pages.first(session, new Pages.Query(query.sql(), used, columns, offset, false), maxRows, false);
    }

    /** Brings served trees up to date where the query speaks of paths in them. */
    private static void refreshTrees(Session session, List<Object> values) throws SQLException, ApiException {
        for (Object value : values) {
            String path = value.toString();
            int wildcard = path.indexOf('%');
            if (path.startsWith("/") && wildcard < 0) {
                session.zone().trees().refresh(path);
            } else if (path.startsWith("/")) {
                session.zone().trees().refreshTree(LogicalPath.parent(path.substring(0, wildcard)));
            }
        }
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
        refreshTrees(session, query.arguments());
        boolean autoClose = (input.options() & AUTO_CLOSE) != 0;
        boolean total = (input.options() & RETURN_TOTAL) != 0;
        Pages.Query page = new Pages.Query(query.sql(), query.arguments(), query.columns(), input.offset(), total);
        return Pages.first(session, page, input.maxRows(), autoClose);
    }
}
