package org.omerods.omero.imports;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How OMERO keeps the path that a file was imported from ({@code filesetentry.clientpath}): absolute without the leading
 * slash, and with the characters replaced that Windows or OMERO do not want. Two files can become one text, so this leads
 * to candidates and proves nothing.
 */
public final class ClientPath {
    /** Names that Windows keeps for devices get an underscore in front. */
    private static final List<String> DEVICES = List.of("CON", "PRN", "AUX", "NUL", "CLOCK$");

    private ClientPath() {}

    public static String of(String absolute) {
        return Stream.of(absolute.split("/"))
                .filter(component -> !component.isEmpty())
                .map(ClientPath::component)
                .collect(Collectors.joining("/"));
    }

    private static String component(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        name.chars().forEach(c -> safe.append(safe((char) c)));
        return DEVICES.contains(name.split("\\.", 2)[0]) ? "_" + safe : safe.toString();
    }

    private static char safe(char c) {
        return switch (c) {
            case ':' -> ';';
            case '"' -> '\'';
            case '<' -> '[';
            case '>' -> ']';
            case '|', '\\' -> '!';
            case '*' -> 'x';
            case '?' -> '%';
            default -> Character.isISOControl(c) ? '_' : c;
        };
    }
}
