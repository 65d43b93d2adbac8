package org.omerods.cli.config;

import static java.util.Objects.requireNonNull;

/**
 * A setting's text and where it came from.
 *
 * @param origin for a person: {@code flag --host}, {@code OMERODS_IRODS_HOST}, a file's path, {@code default}
 */
public record SettingValue(Setting setting, String text, String origin) {
    static final String DEFAULT_ORIGIN = "default";

    public SettingValue {
        requireNonNull(setting, "setting");
        requireNonNull(text, "text");
        requireNonNull(origin, "origin");
    }

    public boolean isDefault() {
        return origin.equals(DEFAULT_ORIGIN);
    }

    /** The text, or {@code ***} for a secret that is set. */
    public String shown() {
        return setting.secret() && !text.isEmpty() ? "***" : text;
    }

    @Override
    public String toString() {
        return setting.name() + "=" + shown() + " (" + origin + ")";
    }
}
