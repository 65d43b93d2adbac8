package org.omerods.zone.query;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.omerods.zone.wire.ApiException;

/** An SQL statement in the making: what is selected, from where, on what conditions. Not thread safe. */
final class Select {
    private final List<String> columns = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> grouping = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final Set<Table> tables = EnumSet.noneOf(Table.class);
    private boolean distinct;
    private String range = "";

    void column(String sql) {
        columns.add(sql);
    }

    /** Sets the values of question marks among the columns. */
    void selected(List<?> values) {
        arguments.addAll(0, values);
    }

    void table(Table table) {
        tables.add(table);
    }

    /** Adds a condition, with the values of its question marks. */
    void condition(String sql, List<?> values) {
        conditions.add(sql);
        arguments.addAll(values);
    }

    void groupBy(String sql) {
        grouping.add(sql);
    }

    void orderBy(String sql) {
        order.add(sql);
    }

    void distinct(boolean wanted) {
        distinct = wanted;
    }

    void range(String sql) {
        range = sql;
    }

    int width() {
        return columns.size();
    }

    /** The statement for {@code reader}, who is shown only what he may read unless he administrates. */
    Statement build(Reader reader, boolean outer) throws ApiException {
        Joins.From from = Joins.of(tables, outer);
        List<String> where = new ArrayList<>(conditions);
        if (!reader.administrator()) {
            restrict(where, from.tables(), reader);
        }
        StringBuilder sql = new StringBuilder("select ").append(distinct ? "distinct " : "");
        sql.append(String.join(", ", columns)).append(" from ").append(from.clause());
        if (!where.isEmpty()) {
            sql.append(" where ").append(String.join(" and ", where));
        }
        if (!grouping.isEmpty()) {
            sql.append(" group by ").append(String.join(", ", grouping));
        }
        if (!order.isEmpty()) {
            sql.append(" order by ").append(String.join(", ", order));
            if (distinct) {
                // The real catalog makes rows distinct by sorting them, so ties come sorted, too.
                columns.stream()
                        .filter(column -> !order.contains(column))
                        .forEach(column -> sql.append(", ").append(column));
            }
        }
        return new Statement(sql.append(range).toString(), List.copyOf(arguments), columns.size());
    }

    /** Who asks. */
    record Reader(long userId, boolean administrator, long ticketObject) {}

    /** A finished statement. */
    record Statement(String sql, List<Object> arguments, int width) {}

    private static void restrict(List<String> where, Set<Table> tables, Reader reader) {
        if (tables.contains(Table.TICKET)) {
            where.add("t.user_id = " + reader.userId());
        }
        if (tables.contains(Table.DATA)) {
            where.add(readable("d.data_id", reader, "d.coll_id"));
            if (reader.ticketObject() == 0) {
                where.add(readable("d.coll_id", reader, "0"));
            }
        } else if (tables.contains(Table.COLL)) {
            where.add(readable("c.coll_id", reader, "0"));
        }
    }

    private static String readable(String column, Reader reader, String collection) {
        String own = "exists (select 1 from R_OBJT_ACCESS pa join R_USER_GROUP pg on pg.user_id = " + reader.userId()
                + " and pg.group_user_id = pa.user_id where pa.object_id = " + column
                + " and pa.access_type_id >= 1050)";
        if (reader.ticketObject() == 0) {
            return own;
        }
        return "(" + column + " = " + reader.ticketObject() + " or " + collection + " = " + reader.ticketObject()
                + " or " + own + ")";
    }
}
