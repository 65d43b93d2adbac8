package org.omerods.storage.irods.catalog;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a GenQuery1 wants of one column. The server has no way to quote: a condition is {@code ='value'} where the last
 * quote ends the value, so quotes are harmless, but {@code &&} and {@code ||} cut a condition in two wherever they stand.
 * Such a value is asked for by a pattern that also matches others, and the others are dropped here.
 */
sealed interface Condition {
    /** As the server reads it. */
    String text();

    /** Whether the server answers with exactly what is meant; otherwise {@link #matches} has to look. */
    boolean isExact();

    boolean matches(String value);

    /** Exactly this value. */
    record Equal(String value) implements Condition {
        @Override
        public String text() {
            return isExact() ? "='" + value + "'" : "like '" + pattern(value) + "'";
        }

        @Override
        public boolean isExact() {
            return !value.contains("&&") && !value.contains("||");
        }

        @Override
        public boolean matches(String other) {
            return value.equals(other);
        }
    }

    /** Values that begin like this one. */
    record BeginsWith(String prefix) implements Condition {
        /** Compiled once: it is asked for every row of an answer. */
        private static final Pattern EXACT = Pattern.compile("[A-Za-z0-9:./ -]*");

        @Override
        public String text() {
            return "like '" + pattern(prefix) + "%'";
        }

        @Override
        public boolean isExact() {
            return EXACT.matcher(prefix).matches();
        }

        @Override
        public boolean matches(String other) {
            return other.startsWith(prefix);
        }
    }

    /** One of these values, which must be {@link #isPlain}. */
    record OneOf(List<String> values) implements Condition {
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty() || !values.stream().allMatch(OneOf::isPlain)) {
                throw new IllegalArgumentException("not for a list: " + values);
            }
        }

        /** Whether a value can stand in a list, where quotes and commas have a meaning. */
        static boolean isPlain(String value) {
            return value.matches("[A-Za-z0-9:._/ -]+");
        }

        @Override
        public String text() {
            return values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(",", "in (", ")"));
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public boolean matches(String other) {
            return values.contains(other);
        }
    }

    private static String pattern(String value) {
        return value.replaceAll("[&|%\\\\]", "_");
    }
}
