package org.omerods.cli.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.OmeroSettings;
import org.omerods.cli.config.Setting;
import org.omerods.cli.config.Settings;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.mapping.GroupPolicy;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.sync.SyncConfig;
import org.omerods.storage.StoragePath;

/** From the settings to the configuration of a companion. */
public final class CompanionSettings {
    private CompanionSettings() {}

    /** @throws ConfigurationException names what is missing or wrong */
    public static SyncConfig of(Configuration configuration) throws ConfigurationException {
        if (!configuration.isSet(OmeroSettings.OMERO_DATABASE_URL)) {
            throw new ConfigurationException(
                    "omero.database-url is not set: name the database of the OMERO server, such as"
                            + " jdbc:postgresql://localhost:5432/omero; see docs/companion.md");
        }
        String zone = configuration.text(Settings.IRODS_ZONE);
        try {
            return new SyncConfig(
                    DatabaseConfig.of(
                            configuration.text(OmeroSettings.OMERO_DATABASE_URL),
                            configuration.text(OmeroSettings.OMERO_DATABASE_USER),
                            password(configuration)),
                    policy(configuration),
                    configuration.text(OmeroSettings.OMERO_LSID_AUTHORITY),
                    configuration.path(OmeroSettings.OMERO_MANAGED_REPOSITORY),
                    ManagedFiles.parseMounts(configuration.text(OmeroSettings.OMERO_MOUNTS)),
                    collection(configuration, OmeroSettings.OMERO_COLLECTION, "/" + zone),
                    collection(
                            configuration,
                            OmeroSettings.OMERO_STATE_COLLECTION,
                            "/" + zone + "/home/" + configuration.text(Settings.IRODS_USER)),
                    configuration.duration(OmeroSettings.OMERO_POLL_INTERVAL),
                    configuration.duration(OmeroSettings.OMERO_IDLE_POLL_INTERVAL),
                    configuration.duration(OmeroSettings.OMERO_RECONCILE_INTERVAL),
                    configuration.duration(OmeroSettings.OMERO_DEEP_RECONCILE_INTERVAL));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage() + "; see docs/companion.md", e);
        }
    }

    private static MirrorPolicy policy(Configuration configuration) {
        List<String> hidden = Stream.of(configuration
                        .text(OmeroSettings.OMERO_HIDDEN_NAMESPACES)
                        .split(",", -1))
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .toList();
        return new MirrorPolicy(
                configuration.text(OmeroSettings.OMERO_PREFIX),
                configuration.text(OmeroSettings.OMERO_WEB_URL),
                GroupPolicy.parse(configuration.text(OmeroSettings.OMERO_GROUPS)),
                MirrorPolicy.parseTerms(configuration.text(OmeroSettings.OMERO_SHOW)),
                hidden,
                configuration.number(OmeroSettings.OMERO_MAX_IMAGES),
                configuration.isOn(OmeroSettings.OMERO_BISQUE));
    }

    private static StoragePath collection(Configuration configuration, Setting setting, String otherwise) {
        return StoragePath.of(configuration.isSet(setting) ? configuration.text(setting) : otherwise);
    }

    private static String password(Configuration configuration) throws ConfigurationException {
        Optional<Path> file = configuration.path(OmeroSettings.OMERO_DATABASE_PASSWORD_FILE);
        if (configuration.isSet(OmeroSettings.OMERO_DATABASE_PASSWORD) || file.isEmpty()) {
            return configuration.text(OmeroSettings.OMERO_DATABASE_PASSWORD);
        }
        try {
            return Files.readString(file.get()).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "omero.database-password-file " + file.get() + " cannot be read (" + e
                            + "); name a file whose first line is the password",
                    e);
        }
    }
}
