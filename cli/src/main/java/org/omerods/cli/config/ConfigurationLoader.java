package org.omerods.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the layers together: flag over environment variable over configuration file over the icommands' environment over
 * default. A name that no setting has, or a value that does not parse, stops the start.
 */
public final class ConfigurationLoader {
    /** Names a configuration file. */
    public static final String FILE_VARIABLE = "OMERODS_CONFIG";

    private final Map<String, String> environment;
    private final Path home;

    /**
     * @param environment the process' environment variables
     * @param home the user's home folder
     */
    public ConfigurationLoader(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /**
     * Reads everything.
     *
     * @param flags values of the command line by setting name, each with the flag as its origin
     * @param file the file a flag named; empty for none
     */
    public Configuration load(List<SettingValue> flags, String file) throws ConfigurationException {
        Map<Setting, SettingValue> values = new LinkedHashMap<>();
        for (Setting setting : Settings.all()) {
            values.put(setting, new SettingValue(setting, setting.defaultText(), SettingValue.DEFAULT_ORIGIN));
        }
        Map<Setting, SettingValue> said = new LinkedHashMap<>();
        fileLayer(file).forEach(value -> said.put(value.setting(), value));
        variables().forEach(value -> said.put(value.setting(), value));
        flags.forEach(value -> said.put(value.setting(), value));
        for (SettingValue value : IrodsFiles.layer(said, environment, home)) {
            values.put(value.setting(), value);
        }
        values.putAll(said);
        for (SettingValue value : values.values()) {
            check(value);
        }
        return new Configuration(values);
    }

    private static void check(SettingValue value) throws ConfigurationException {
        if (value.text().isEmpty()) {
            return;
        }
        try {
            Object _ = value.setting().parse(value.text());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConfigurationException(
                    value.setting().name() + " (" + value.origin() + "): " + e.getMessage(), e);
        }
    }

    private List<SettingValue> fileLayer(String named) throws ConfigurationException {
        if (!named.isEmpty()) {
            return ConfigurationFile.read(Path.of(named));
        }
        String variable = environment.getOrDefault(FILE_VARIABLE, "");
        if (!variable.isEmpty()) {
            return ConfigurationFile.read(Path.of(variable));
        }
        for (Path candidate :
                List.of(home.resolve(".config/omerods/config.yaml"), Path.of("/etc/omerods/config.yaml"))) {
            if (Files.isRegularFile(candidate)) {
                return ConfigurationFile.read(candidate);
            }
        }
        return List.of();
    }

    private List<SettingValue> variables() throws ConfigurationException {
        for (String name : environment.keySet()) {
            boolean known = !name.startsWith("OMERODS_")
                    || OTHER_VARIABLES.contains(name)
                    || Settings.all().stream()
                            .anyMatch(setting -> setting.variable().equals(name));
            if (!known) {
                throw new ConfigurationException("environment variable " + name
                        + " belongs to no setting: see docs/configuration.md or `omerods config show`");
            }
        }
        return Settings.all().stream()
                .filter(setting -> environment.containsKey(setting.variable()))
                .map(setting ->
                        new SettingValue(setting, environment.getOrDefault(setting.variable(), ""), setting.variable()))
                .toList();
    }

    /** Variables of the launcher. */
    private static final List<String> OTHER_VARIABLES =
            List.of(FILE_VARIABLE, "OMERODS_JAVA_HOME", "OMERODS_JAVA_OPTIONS", "OMERODS_HOME", "OMERODS_STATE_DIR");
}
