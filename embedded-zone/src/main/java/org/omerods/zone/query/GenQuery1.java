package org.omerods.zone.query;

import java.util.ArrayList;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.GenQueryInput;
import org.omerods.zone.wire.Status;

/** Translates a GenQuery 1 to SQL. */
public final class GenQuery1 {
    private static final int ASCENDING = 0x400;
    private static final int DESCENDING = 0x800;
    private static final int AGGREGATE_BITS = 0xff;
    private static final int NO_DISTINCT = 0x40;

    private GenQuery1() {}

    /** A translated query. */
    public record Translated(String sql, List<Object> arguments, List<Integer> columns) {}

    /** Who asks: a user, whether he administrates, and the object or collection that his ticket opens, or 0. */
    public record Asker(long userId, boolean administrator, long ticketObject) {
        /** The same without the rights of a ticket, which GenQuery 2 does not know. */
        public Asker withoutTicket() {
            return new Asker(userId, administrator, 0);
        }
    }

    /** The SQL of {@code input} for {@code asker}. */
    public static Translated translate(GenQueryInput input, Asker asker) throws ApiException {
        Select select = new Select();
        List<String> plain = new ArrayList<>();
        boolean aggregated = false;
        List<Integer> numbers = new ArrayList<>();
        for (GenQueryInput.Selected selected : input.columns()) {
            Column column = column(selected.column());
            select.table(column.table());
            String function = aggregate(selected.option() & AGGREGATE_BITS);
            String sql = function.isEmpty() ? column.sql() : function + "(" + column.sql() + ")";
            select.column(sql);
            numbers.add(selected.column());
            aggregated |= !function.isEmpty();
            if (function.isEmpty()) {
                plain.add(sql);
            }
            if ((selected.option() & ASCENDING) != 0) {
                select.orderBy(sql);
            } else if ((selected.option() & DESCENDING) != 0) {
                select.orderBy(sql + " desc");
            }
        }
        if (aggregated) {
            plain.forEach(select::groupBy);
        }
        for (GenQueryInput.Condition condition : input.conditions()) {
            Column column = column(condition.column());
            select.table(column.table());
            Condition1.Translated translated = Condition1.translate(column.sql(), condition.text());
            select.condition(translated.sql(), translated.values());
        }
        select.distinct((input.options() & NO_DISTINCT) == 0 && !aggregated);
        Select.Statement statement =
                select.build(new Select.Reader(asker.userId(), asker.administrator(), asker.ticketObject()), false);
        return new Translated(statement.sql(), statement.arguments(), numbers);
    }

    private static Column column(int number) throws ApiException {
        return Columns1.find(number)
                .orElseThrow(() -> new ApiException(Status.UNKNOWN_COLUMN, "unknown column " + number));
    }

    private static String aggregate(int option) {
        return switch (option) {
            case 2 -> "min";
            case 3 -> "max";
            case 4 -> "sum";
            case 5 -> "avg";
            case 6 -> "count";
            default -> "";
        };
    }
}
