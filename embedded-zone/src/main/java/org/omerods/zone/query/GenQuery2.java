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

    private final List<Lexer2.Token> tokens;
    private final Select select = new Select();
    private int at;

    private GenQuery2(String query) throws ApiException {
        tokens = Lexer2.tokens(query);
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
        expect("select");
        select.distinct(accept("distinct"));
        List<Object> arguments = new ArrayList<>();
        do {
            select.column(expression(arguments));
        } while (accept(","));
        if (!arguments.isEmpty()) {
            select.selected(arguments);
        }
        if (accept("where")) {
            List<Object> values = new ArrayList<>();
            String condition = alternatives(values);
            select.condition("(" + condition + ")", values);
        }
        if (accept("group")) {
            expect("by");
            do {
                select.groupBy(column());
            } while (accept(","));
        }
        order();
        range();
        order();
        if (!is("")) {
            throw Lexer2.syntax();
        }
    }

    private void order() throws ApiException {
        if (!accept("order")) {
            return;
        }
        expect("by");
        do {
            String sql = expression(new ArrayList<>());
            boolean descending = accept("desc");
            if (!descending) {
                accept("asc");
            }
            select.orderBy(descending ? sql + " desc" : sql);
        } while (accept(","));
    }

    private void range() throws ApiException {
        long limit = -1;
        long offset = 0;
        while (is("limit") || is("offset") || is("fetch")) {
            if (accept("offset")) {
                offset = number();
            } else if (accept("limit")) {
                limit = number();
            } else {
                expect("fetch");
                expect("first");
                limit = number();
                expect("rows");
                expect("only");
            }
        }
        select.range(" limit " + (limit < 0 ? DEFAULT_LIMIT : limit) + " offset " + offset);
    }

    private String alternatives(List<Object> values) throws ApiException {
        StringBuilder sql = new StringBuilder(conjunction(values));
        while (accept("or")) {
            sql.append(" or ").append(conjunction(values));
        }
        return sql.toString();
    }

    private String conjunction(List<Object> values) throws ApiException {
        StringBuilder sql = new StringBuilder(condition(values));
        while (accept("and")) {
            sql.append(" and ").append(condition(values));
        }
        return sql.toString();
    }

    private String condition(List<Object> values) throws ApiException {
        if (accept("not")) {
            return "not " + condition(values);
        }
        if (accept("(")) {
            String inner = alternatives(values);
            expect(")");
            return "(" + inner + ")";
        }
        String left = expression(values);
        if (accept("is")) {
            return left + (accept("not") ? " is not " : " is ") + nothing();
        }
        boolean negated = accept("not");
        String not = negated ? " not" : "";
        if (accept("like")) {
            return left + not + " like " + literal(values) + " escape '\\'";
        }
        if (accept("in")) {
            expect("(");
            List<String> marks = new ArrayList<>();
            do {
                marks.add(literal(values));
            } while (accept(","));
            expect(")");
            return left + not + " in (" + String.join(", ", marks) + ")";
        }
        if (accept("between")) {
            String low = literal(values);
            expect("and");
            return left + not + " between " + low + " and " + literal(values);
        }
        if (negated) {
            throw Lexer2.syntax();
        }
        return left + " " + comparison() + " " + literal(values);
    }

    private String nothing() throws ApiException {
        expect("null");
        return "null";
    }

    private String comparison() throws ApiException {
        for (String sign : List.of("=", "<>", "!=", "<=", ">=", "<", ">")) {
            if (accept(sign)) {
                return sign;
            }
        }
        throw Lexer2.syntax();
    }

    private String literal(List<Object> values) throws ApiException {
        Lexer2.Token token = tokens.get(at);
        if (token.kind() != Lexer2.Kind.TEXT) {
            throw Lexer2.syntax();
        }
        at++;
        values.add(token.text());
        return "?";
    }

    private String expression(List<Object> values) throws ApiException {
        String word = tokens.get(at).text();
        boolean call = tokens.get(at).kind() == Lexer2.Kind.WORD
                && tokens.get(at + 1).text().equals("(");
        if (!call) {
            return column();
        }
        String function = word.toLowerCase(Locale.ROOT);
        at += 2;
        if (function.equals("cast")) {
            String inner = expression(values);
            expect("as");
            String type = tokens.get(at++).text();
            expect(")");
            return "cast(" + inner + " as " + (type.matches("(?i)int(eger)?|bigint") ? "integer" : "text") + ")";
        }
        if (!FUNCTIONS.contains(function)) {
            throw Lexer2.syntax();
        }
        return call(function, values);
    }

    private String call(String function, List<Object> values) throws ApiException {
        String distinct = accept("distinct") ? "distinct " : "";
        List<String> arguments = new ArrayList<>();
        do {
            boolean text = tokens.get(at).kind() == Lexer2.Kind.TEXT;
            arguments.add(text ? literal(values) : expression(values));
        } while (accept(","));
        expect(")");
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
        Lexer2.Token token = tokens.get(at);
        if (token.kind() != Lexer2.Kind.WORD || isClause(token.text())) {
            throw Lexer2.syntax();
        }
        if (tokens.get(at + 1).kind() == Lexer2.Kind.WORD
                && !follows(tokens.get(at + 1).text())) {
            throw Lexer2.syntax();
        }
        at++;
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

    private long number() throws ApiException {
        Lexer2.Token token = tokens.get(at);
        if (token.kind() != Lexer2.Kind.NUMBER || token.text().length() > 18) {
            throw Lexer2.syntax();
        }
        at++;
        return Long.parseLong(token.text());
    }

    private boolean is(String word) {
        Lexer2.Token token = tokens.get(at);
        return token.kind() != Lexer2.Kind.TEXT && token.text().equalsIgnoreCase(word);
    }

    private boolean accept(String word) {
        if (!is(word)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String word) throws ApiException {
        if (!accept(word)) {
            throw Lexer2.syntax();
        }
    }
}
