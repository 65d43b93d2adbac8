package org.omerods.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The effective values of all settings. Immutable; every value in it parses. */
public final class Configuration {
    private final Map<Setting, SettingValue> values;

    Configuration(Map<Setting, SettingValue> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Collection<SettingValue> values() {
        return values.values();
    }

    public SettingValue value(Setting setting) {
        SettingValue value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("not in the catalogue: " + setting.name());
        }
        return value;
    }

    /** Whether a person said something about it, or it has a default. */
    public boolean isSet(Setting setting) {
        return !value(setting).text().isEmpty();
    }

    public String text(Setting setting) {
        return value(setting).text();
    }

    public int number(Setting setting) {
        return (int) parsed(setting);
    }

    public boolean isOn(Setting setting) {
        return (boolean) parsed(setting);
    }

    /** In bytes. */
    public long size(Setting setting) {
        return (long) parsed(setting);
    }

    public Duration duration(Setting setting) {
        return (Duration) parsed(setting);
    }

    public Optional<Path> path(Setting setting) {
        return isSet(setting) ? Optional.of((Path) parsed(setting)) : Optional.empty();
    }

    private Object parsed(Setting setting) {
        return setting.parse(text(setting));
    }
}
