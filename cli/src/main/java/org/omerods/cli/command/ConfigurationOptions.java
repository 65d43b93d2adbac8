package org.omerods.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.ConfigurationLoader;
import org.omerods.cli.config.Setting;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import picocli.CommandLine.Option;

/** The options that every command with a configuration has. */
final class ConfigurationOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (YAML).")
    private String file = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting of docs/configuration.md, for example cache.max-size=50GiB.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--host", paramLabel = "HOST", description = "iRODS server.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", description = "Its TCP port.")
    private String port = "";

    @Option(names = "--zone", paramLabel = "ZONE", description = "iRODS zone.")
    private String zone = "";

    @Option(names = "--user", paramLabel = "USER", description = "iRODS user; 'anonymous' needs no password.")
    private String user = "";

    @Option(
            names = "--environment",
            paramLabel = "FILE",
            description = "irods_environment.json to use instead of ~/.irods.")
    private String environment = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    private String passwordFile = "";

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info, debug or trace.")
    private String logLevel = "";

    /** All layers, with {@code more} of the command's own flags on top. */
    Configuration load(List<SettingValue> more) throws ConfigurationException {
        List<SettingValue> flags = new ArrayList<>();
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            Setting setting = Settings.named(entry.getKey())
                    .orElseThrow(() -> new ConfigurationException("--set " + entry.getKey()
                            + ": no such setting: see docs/configuration.md or `omerods config show`"));
            if (setting.secret()) {
                throw new ConfigurationException("--set " + setting.name()
                        + ": secrets do not belong on a command line, where every user sees them: use "
                        + setting.variable() + ", a configuration file or a password file");
            }
            flags.add(new SettingValue(setting, entry.getValue(), "flag --set"));
        }
        add(flags, Settings.IRODS_HOST, host, "--host");
        add(flags, Settings.IRODS_PORT, port, "--port");
        add(flags, Settings.IRODS_ZONE, zone, "--zone");
        add(flags, Settings.IRODS_USER, user, "--user");
        add(flags, Settings.IRODS_ENVIRONMENT_FILE, environment, "--environment");
        add(flags, Settings.IRODS_PASSWORD_FILE, passwordFile, "--password-file");
        add(flags, Settings.LOG_LEVEL, logLevel, "--log-level");
        flags.addAll(more);
        return new ConfigurationLoader(System.getenv(), Path.of(System.getProperty("user.home"))).load(flags, file);
    }

    Configuration load() throws ConfigurationException {
        return load(List.of());
    }

    /** A flag's value, where the flag was given. */
    static void add(List<SettingValue> flags, Setting setting, String text, String flag) {
        if (!text.isEmpty()) {
            flags.add(new SettingValue(setting, text, "flag " + flag));
        }
    }
}
