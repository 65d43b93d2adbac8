package org.omerods.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text of a setting is read. Parsing fails with IllegalArgumentException, whose message says what is expected. */
public enum SettingKind {
    TEXT("text") {
        @Override
        public Object parse(String text) {
            return text;
        }
    },
    WHOLE_NUMBER("a whole number, 0 or more") {
        @Override
        public Object parse(String text) {
            if (!text.matches("[0-9]{1,9}")) {
                throw expected(text);
            }
            return Integer.parseInt(text);
        }
    },
    OCTAL("permission bits in octal, such as 0444") {
        @Override
        public Object parse(String text) {
            if (!text.matches("[0-7]{3,4}")) {
                throw expected(text);
            }
            return Integer.parseInt(text, 8);
        }
    },
    SWITCH("true or false") {
        @Override
        public Object parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw expected(text);
            };
        }
    },
    /** Bytes, as Long. */
    SIZE("a size such as 64MiB, 10GiB or 4096") {
        @Override
        public Object parse(String text) {
            Matcher matcher = SIZE_PATTERN.matcher(text);
            if (!matcher.matches()) {
                throw expected(text);
            }
            long factor = switch (matcher.group(2)) {
                case "KiB" -> 1L << 10;
                case "MiB" -> 1L << 20;
                case "GiB" -> 1L << 30;
                case "TiB" -> 1L << 40;
                default -> 1L;
            };
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        }
    },
    DURATION("a time such as 500ms, 30s, 5m or 2h") {
        @Override
        public Object parse(String text) {
            Matcher matcher = DURATION_PATTERN.matcher(text);
            if (!matcher.matches()) {
                throw expected(text);
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }
    },
    PATH("a path") {
        @Override
        public Object parse(String text) {
            String home = System.getProperty("user.home", "");
            return Path.of(text.startsWith("~/") ? home + text.substring(1) : text);
        }
    };

    private static final Pattern SIZE_PATTERN = Pattern.compile("([0-9]{1,12})(|B|KiB|MiB|GiB|TiB)");
    private static final Pattern DURATION_PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final String expectation;

    SettingKind(String expectation) {
        this.expectation = expectation;
    }

    /** The value of a text: String, Integer, Boolean, Long, Duration or Path. */
    public abstract Object parse(String text);

    public String expectation() {
        return expectation;
    }

    final IllegalArgumentException expected(String text) {
        return new IllegalArgumentException("'" + text + "' is not " + expectation);
    }
}
