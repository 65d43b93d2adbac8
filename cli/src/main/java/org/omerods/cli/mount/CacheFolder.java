package org.omerods.cli.mount;

import java.nio.file.Path;
import java.util.Map;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.Settings;

/** Where block files lie: a disk, never the memory that /run and often /tmp are made of. */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@code cache.directory}, else /var/cache/omerods for root, else omerods in XDG_CACHE_HOME or ~/.cache. */
    public static Path of(Configuration configuration, Map<String, String> environment) {
        return configuration.path(Settings.CACHE_DIRECTORY).orElseGet(() -> standard(environment));
    }

    private static Path standard(Map<String, String> environment) {
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/cache/omerods");
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "omerods")
                : Path.of(cache, "omerods");
    }
}
