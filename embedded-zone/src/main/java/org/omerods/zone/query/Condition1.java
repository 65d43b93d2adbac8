package org.omerods.zone.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/**
 * The condition texts of GenQuery 1, such as {@code like 'a%' || ='b'}.
 *
 * <p>A value may hold quotes: the last quote of its part ends it. So parts are divided only where a quote is followed by a
 * connective and that by an operator.
 */
final class Condition1 {
    private static final String OPERATOR = "(?:n?(?:=|<>|!=|<=|>=|<|>)|(?:not\\s+)?(?:like|in|between)\\b|begin_of\\b)";

    private static final Pattern CONNECTIVE =
            Pattern.compile("(?<=['\"\\d)])\\s*(\\|\\||&&)\\s*(?=" + OPERATOR + ")", Pattern.CASE_INSENSITIVE);

    private static final Pattern PART =
            Pattern.compile("\\s*(" + OPERATOR + ")\\s*(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern LIST_ITEM = Pattern.compile("'((?:[^']|'(?!\\s*[,)]|\\s*$))*)'");

    private Condition1() {}

    /** SQL with question marks, and their values. */
    record Translated(String sql, List<String> values) {}

    static Translated translate(String column, String text) throws ApiException {
        StringBuilder sql = new StringBuilder("(");
        List<String> values = new ArrayList<>();
        Matcher connective = CONNECTIVE.matcher(text);
        int start = 0;
        while (connective.find()) {
            part(column, text.substring(start, connective.start()), sql, values);
            sql.append(connective.group(1).equals("||") ? " or " : " and ");
            start = connective.end();
        }
        part(column, text.substring(start), sql, values);
        return new Translated(sql.append(")").toString(), values);
    }

    private static void part(String column, String text, StringBuilder sql, List<String> values) throws ApiException {
        Matcher matcher = PART.matcher(text);
        if (!matcher.matches()) {
            throw new ApiException(Status.INVALID_ARGUMENT, "a condition without an operator");
        }
        String operator = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String right = matcher.group(2).strip();
        switch (operator) {
            case "in", "not in" -> {
                List<String> items = items(right);
                sql.append(column).append(' ').append(operator).append(" (");
                sql.append(String.join(",", Collections.nCopies(items.size(), "?")))
                        .append(")");
                values.addAll(items);
            }
            case "between", "not between" -> {
                List<String> items = items(right.replaceFirst("'\\s+'", "','"));
                if (items.size() != 2) {
                    throw new ApiException(Status.INVALID_ARGUMENT, "between needs two values");
                }
                sql.append(column).append(' ').append(operator).append(" ? and ?");
                values.addAll(items);
            }
            case "like", "not like" -> {
                sql.append(column).append(' ').append(operator).append(" ? escape '\\'");
                values.add(value(right));
            }
            case "begin_of" -> {
                sql.append("substr(?, 1, length(")
                        .append(column)
                        .append(")) = ")
                        .append(column);
                values.add(value(right));
            }
            default -> {
                boolean numeric = operator.startsWith("n");
                sql.append(numeric ? "cast(" + column + " as integer) " : column + " ");
                sql.append(numeric ? operator.substring(1) : operator).append(numeric ? " cast(? as integer)" : " ?");
                values.add(value(right));
            }
        }
    }

    /** The text between the first quote and the last. */
    private static String value(String right) throws ApiException {
        int end = right.lastIndexOf('\'');
        if (right.startsWith("'") && end > 0) {
            return right.substring(1, end);
        }
        if (right.matches("-?\\d+")) {
            return right;
        }
        throw new ApiException(Status.INVALID_ARGUMENT, "a value without quotes");
    }

    private static List<String> items(String right) throws ApiException {
        List<String> items = new ArrayList<>();
        Matcher matcher = LIST_ITEM.matcher(right);
        while (matcher.find()) {
            items.add(matcher.group(1));
        }
        if (items.isEmpty()) {
            throw new ApiException(Status.INVALID_ARGUMENT, "a list without values");
        }
        return items;
    }
}
