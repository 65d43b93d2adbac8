package org.omerods.cli.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name dotted kebab-case, as in a file: {@code irods.max-connections}
 * @param defaultText value when nobody says anything; empty for none
 * @param choices the only values allowed; empty when any of its kind is
 * @param secret never shown
 */
public record Setting(
        String name, SettingKind kind, String defaultText, List<String> choices, boolean secret, String description) {
    public Setting {
        requireNonNull(kind, "kind");
        if (!name.matches("[a-z]+(\\.[a-z]+(-[a-z0-9]+)*)+")) {
            throw new IllegalArgumentException("setting name " + name);
        }
        choices = List.copyOf(choices);
    }

    static Setting of(String name, SettingKind kind, String defaultText, String description) {
        return new Setting(name, kind, defaultText, List.of(), false, description);
    }

    static Setting choice(String name, List<String> choices, String defaultText, String description) {
        return new Setting(name, SettingKind.TEXT, defaultText, choices, false, description);
    }

    static Setting secret(String name, String description) {
        return new Setting(name, SettingKind.TEXT, "", List.of(), true, description);
    }

    /** Name of the environment variable: {@code OMERODS_IRODS_MAX_CONNECTIONS}. */
    public String variable() {
        return "OMERODS_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException says what is expected, never the text of a secret
     */
    Object parse(String text) {
        if (!choices.isEmpty() && !choices.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
        }
        return kind.parse(text);
    }
}
