package org.omerods.zone.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/**
 * Translates a GenQuery 2 to SQL, by recursive descent.
 *
 * <p>One row per object: the real server repeats rows for each permission unless {@code distinct} is asked for, which this
 * one does not imitate.
 */
public final class GenQuery2 {
    /** Rows of a query that sets no limit. */
    private static final int DEFAULT_LIMIT = 256;

    private static final Set<String> FUNCTIONS = Set.of(
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "upper",
            "lower",
            "length",
            "substring",
            "coalesce",
            "nullif",
            "trim",
            "abs");

    private static final Set<String> CLAUSES = Set.of("where", "group", "order", "limit", "offset", "fetch");

    private final Tokens2 tokens;
    private final Select select = new Select();

    private GenQuery2(String query) throws ApiException {
        tokens = new Tokens2(query);
    }

    /** A translated query. */
    public record Translated(String sql, List<Object> arguments, int width) {
        public Translated {
            arguments = List.copyOf(arguments);
        }
    }

    /** The SQL of {@code query} for {@code asker}. */
    public static Translated translate(String query, GenQuery1.Asker asker) throws ApiException {
        GenQuery2 parser = new GenQuery2(query);
        parser.query();
        Select.Statement statement = parser.select.build(
                new Select.Reader(asker.userId(), asker.administrator(), asker.ticketObject()), true);
        return new Translated(statement.sql(), statement.arguments(), statement.width());
    }

    /** For each column name, the table and column behind it. */
    public static Map<String, Map<String, String>> columns() {
        return Columns2.mappings();
    }

    private void query() throws ApiException {
        tokens.expect("select");
        select.distinct(tokens.accept("distinct"));
        List<Object> arguments = new ArrayList<>();
        do {
            select.column(expression(arguments));
        } while (tokens.accept(","));
        if (!arguments.isEmpty()) {
            select.selected(arguments);
        }
        if (tokens.accept("where")) {
            List<Object> values = new ArrayList<>();
            String condition = alternatives(values);
            select.condition("(" + condition + ")", values);
        }
        if (tokens.accept("group")) {
            tokens.expect("by");
            do {
                select.groupBy(column());
            } while (tokens.accept(","));
        }
        order();
        range();
        order();
        if (!tokens.isAtEnd()) {
            throw Lexer2.syntax();
        }
    }

    private void order() throws ApiException {
        if (!tokens.accept("order")) {
            return;
        }
        tokens.expect("by");
        do {
            String sql = expression(new ArrayList<>());
            boolean descending = tokens.accept("desc");
            if (!descending) {
                tokens.accept("asc");
            }
            select.orderBy(descending ? sql + " desc" : sql);
        } while (tokens.accept(","));
    }

    private void range() throws ApiException {
        long limit = -1;
        long offset = 0;
        while (tokens.is("limit") || tokens.is("offset") || tokens.is("fetch")) {
            if (tokens.accept("offset")) {
                offset = tokens.number();
            } else if (tokens.accept("limit")) {
                limit = tokens.number();
            } else {
                tokens.expect("fetch");
                tokens.expect("first");
                limit = tokens.number();
                tokens.expect("rows");
                tokens.expect("only");
            }
        }
        select.range(" limit " + (limit < 0 ? DEFAULT_LIMIT : limit) + " offset " + offset);
    }

    private String alternatives(List<Object> values) throws ApiException {
        StringBuilder sql = new StringBuilder(conjunction(values));
        while (tokens.accept("or")) {
            sql.append(" or ").append(conjunction(values));
        }
        return sql.toString();
    }

    private String conjunction(List<Object> values) throws ApiException {
        StringBuilder sql = new StringBuilder(condition(values));
        while (tokens.accept("and")) {
            sql.append(" and ").append(condition(values));
        }
        return sql.toString();
    }

    private String condition(List<Object> values) throws ApiException {
        if (tokens.accept("not")) {
            return "not " + condition(values);
        }
        if (tokens.accept("(")) {
            String inner = alternatives(values);
            tokens.expect(")");
            return "(" + inner + ")";
        }
        String left = expression(values);
        if (tokens.accept("is")) {
            return left + (tokens.accept("not") ? " is not " : " is ") + nothing();
        }
        boolean negated = tokens.accept("not");
        String not = negated ? " not" : "";
        if (tokens.accept("like")) {
            return left + not + " like " + literal(values) + " escape '\\'";
        }
        if (tokens.accept("in")) {
            tokens.expect("(");
            List<String> marks = new ArrayList<>();
            do {
                marks.add(literal(values));
            } while (tokens.accept(","));
            tokens.expect(")");
            return left + not + " in (" + String.join(", ", marks) + ")";
        }
        if (tokens.accept("between")) {
            String low = literal(values);
            tokens.expect("and");
            return left + not + " between " + low + " and " + literal(values);
        }
        if (negated) {
            throw Lexer2.syntax();
        }
        return left + " " + comparison() + " " + literal(values);
    }

    private String nothing() throws ApiException {
        tokens.expect("null");
        return "null";
    }

    private String comparison() throws ApiException {
        for (String sign : List.of("=", "<>", "!=", "<=", ">=", "<", ">")) {
            if (tokens.accept(sign)) {
                return sign;
            }
        }
        throw Lexer2.syntax();
    }

    private String literal(List<Object> values) throws ApiException {
        values.add(tokens.text());
        return "?";
    }

    private String expression(List<Object> values) throws ApiException {
        boolean call = tokens.peek().kind() == Lexer2.Kind.WORD
                && tokens.peekSecond().text().equals("(");
        if (!call) {
            return column();
        }
        String function = tokens.take().text().toLowerCase(Locale.ROOT);
        tokens.expect("(");
        if (function.equals("cast")) {
            String inner = expression(values);
            tokens.expect("as");
            String type = tokens.take().text();
            tokens.expect(")");
            return "cast(" + inner + " as " + (type.matches("(?i)int(eger)?|bigint") ? "integer" : "text") + ")";
        }
        if (!FUNCTIONS.contains(function)) {
            throw Lexer2.syntax();
        }
        return call(function, values);
    }

    private String call(String function, List<Object> values) throws ApiException {
        String distinct = tokens.accept("distinct") ? "distinct " : "";
        List<String> arguments = new ArrayList<>();
        do {
            boolean text = tokens.peek().kind() == Lexer2.Kind.TEXT;
            arguments.add(text ? literal(values) : expression(values));
        } while (tokens.accept(","));
        tokens.expect(")");
        String list = String.join(", ", arguments);
        return switch (function) {
            // The real catalog writes averages with 16 decimals.
            case "avg" -> "printf('%.16f', avg(" + distinct + list + "))";
            // With texts for positions the real catalog takes them for patterns, and finds nothing.
            case "substring" -> "nullif(coalesce(" + list + "), " + arguments.getFirst() + ")";
            default -> function + "(" + distinct + list + ")";
        };
    }

    private String column() throws ApiException {
        Lexer2.Token token = tokens.take();
        if (token.kind() != Lexer2.Kind.WORD || isClause(token.text())) {
            throw Lexer2.syntax();
        }
        Lexer2.Token next = tokens.peek();
        if (next.kind() == Lexer2.Kind.WORD && !follows(next.text())) {
            throw Lexer2.syntax();
        }
        Column column = Columns2.find(token.text())
                .orElseThrow(() -> new ApiException(Status.INVALID_INPUT, "unknown column " + token.text()));
        select.table(column.table());
        return column.sql();
    }

    private static boolean isClause(String word) {
        return CLAUSES.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether {@code word} may stand behind a column. */
    private static boolean follows(String word) {
        return isClause(word)
                || Set.of("and", "or", "not", "like", "in", "between", "is", "asc", "desc", "as")
                        .contains(word.toLowerCase(Locale.ROOT));
    }
}
