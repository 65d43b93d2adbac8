package org.omerods.cli.mount;

import java.nio.file.Path;
import java.util.Map;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.Settings;

/** Where files lie that are written and not yet uploaded: a folder that nobody empties, as caches are emptied. */
final class StagingFolder {
    private StagingFolder() {}

    /** {@code staging.directory}, else /var/lib/omerods/staging for root, else in XDG_DATA_HOME or ~/.local/share. */
    static Path of(Configuration configuration, Map<String, String> environment) {
        return configuration.path(Settings.STAGING_DIRECTORY).orElseGet(() -> standard(environment));
    }

    private static Path standard(Map<String, String> environment) {
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/omerods/staging");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path folder = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return folder.resolve("omerods").resolve("staging");
    }
}
