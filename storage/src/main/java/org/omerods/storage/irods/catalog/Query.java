package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.CatalogMessages;

/**
 * A GenQuery1 with equality conditions. The server has no way to quote: a condition is {@code ='value'} where the last
 * quote ends the value, so quotes are harmless, but {@code &&} and {@code ||} cut a condition in two wherever they stand.
 * Such a value is asked for by a pattern that also matches others, and the others are dropped here.
 */
final class Query {
    /** 160 to 250 thousand objects a second; smaller pages cost a round trip each, larger ones gain nothing. */
    static final int PAGE_ROWS = 10_000;

    private final List<Column> columns;
    private final Map<Column, String> equal;

    private Query(List<Column> columns, Map<Column, String> equal) {
        this.columns = columns;
        this.equal = equal;
    }

    static Query select(Column... columns) {
        return new Query(List.of(columns), Map.of());
    }

    /** The same with one more column. */
    Query and(Column column) {
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Query(List.copyOf(more), equal);
    }

    /** The same with one more condition. */
    Query where(Column column, String value) {
        Map<Column, String> more = new EnumMap<>(Column.class);
        more.putAll(equal);
        more.put(column, value);
        List<Column> selected = new ArrayList<>(columns);
        if (!isExact(value) && !selected.contains(column)) {
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
        return equal.entrySet().stream()
                .allMatch(condition -> isExact(condition.getValue())
                        || row.get(condition.getKey()).equals(condition.getValue()));
    }

    private Request request(int rows, int continueIndex) {
        Map<Integer, String> conditions = new LinkedHashMap<>();
        equal.forEach((column, value) -> conditions.put(column.number(), condition(value)));
        List<Integer> numbers = columns.stream().map(Column::number).toList();
        return Request.of(Api.GEN_QUERY, CatalogMessages.query(rows, continueIndex, numbers, conditions));
    }

    private static boolean isExact(String value) {
        return !value.contains("&&") && !value.contains("||");
    }

    private static String condition(String value) {
        return isExact(value) ? "='" + value + "'" : "like '" + value.replaceAll("[&|%\\\\]", "_") + "'";
    }
}
