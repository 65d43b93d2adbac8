package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.CatalogMessages;

/** A GenQuery1: columns, and conditions that must all hold. */
final class Query {
    /** 160 to 250 thousand objects a second; smaller pages cost a round trip each, larger ones gain nothing. */
    static final int PAGE_ROWS = 10_000;

    private final List<Column> columns;
    private final Map<Column, Condition> conditions;

    private Query(List<Column> columns, Map<Column, Condition> conditions) {
        this.columns = columns;
        this.conditions = conditions;
    }

    static Query select(Column... columns) {
        return new Query(List.of(columns), Map.of());
    }

    /** The same with one more column. */
    Query and(Column column) {
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Query(List.copyOf(more), conditions);
    }

    /** The same with one more condition. */
    Query where(Column column, String value) {
        return where(column, new Condition.Equal(value));
    }

    /** The same with one more condition. */
    Query where(Column column, Condition condition) {
        Map<Column, Condition> more = new EnumMap<>(Column.class);
        more.putAll(conditions);
        more.put(column, condition);
        List<Column> selected = new ArrayList<>(columns);
        if (!condition.isExact() && !selected.contains(column)) {
            selected.add(column);
        }
        return new Query(List.copyOf(selected), Map.copyOf(more));
    }

    List<Column> columns() {
        return columns;
    }

    Request page(int continueIndex) {
        return request(PAGE_ROWS, continueIndex);
    }

    /** Tells the server that no more pages are wanted: it keeps only 50 statements per connection. */
    Request close(int continueIndex) {
        return request(0, continueIndex);
    }

    /** Whether a row is one that was meant. */
    boolean matches(Row row) {
        return conditions.entrySet().stream()
                .allMatch(condition ->
                        condition.getValue().isExact() || condition.getValue().matches(row.get(condition.getKey())));
    }

    private Request request(int rows, int continueIndex) {
        Map<Integer, String> texts = new LinkedHashMap<>();
        conditions.forEach((column, condition) -> texts.put(column.number(), condition.text()));
        List<Integer> numbers = columns.stream().map(Column::number).toList();
        return Request.of(Api.GEN_QUERY, CatalogMessages.query(rows, continueIndex, numbers, texts));
    }
}
