package org.omerods.omero.annotate;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which attributes of iRODS are shown in OMERO: those that a pattern of {@code include} matches and none of
 * {@code exclude}. In a pattern {@code *} stands for any characters. Attributes of the companion itself never pass: they
 * came from OMERO, and showing them there would turn in a circle.
 *
 * @param own prefixes of the companion's attributes, {@code omero::} among them whatever else is configured
 */
public record AvuSelection(List<String> include, List<String> exclude, List<String> own) {
    /** What the companion and its relatives write; see the vocabulary in docs/companion.md. */
    public static final String OWN_PREFIX = "omero::";

    public AvuSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        own = own.contains(OWN_PREFIX)
                ? List.copyOf(own)
                : Stream.concat(own.stream(), Stream.of(OWN_PREFIX)).toList();
    }

    /** Everything that is not ours. */
    public static AvuSelection all() {
        return new AvuSelection(List.of("*"), List.of(), List.of(OWN_PREFIX));
    }

    /** A filter that tells for an attribute whether it passes; compiles the patterns once. */
    public Predicate<String> filter() {
        Pattern wanted = compile(include);
        Pattern unwanted = compile(exclude);
        return attribute -> own.stream().noneMatch(attribute::startsWith)
                && wanted.matcher(attribute).matches()
                && !unwanted.matcher(attribute).matches();
    }

    /** Of no patterns: one that matches nothing. */
    private static Pattern compile(List<String> patterns) {
        if (patterns.isEmpty()) {
            return Pattern.compile("(?!)");
        }
        return Pattern.compile(
                patterns.stream()
                        .map(pattern -> List.of(pattern.split("\\*", -1)).stream()
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .collect(Collectors.joining("|")),
                Pattern.DOTALL);
    }
}
