package org.omerods.cli.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.IrodsFiles;
import org.omerods.cli.config.Setting;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsEnvironment;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.HostVerification;
import org.omerods.storage.irods.session.NegotiationPolicy;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.session.TlsSettings;

/** From the settings to the client's configuration. */
public final class IrodsSettings {
    private static final String ANONYMOUS = "anonymous";

    private IrodsSettings() {}

    /** @throws ConfigurationException names what is missing or wrong */
    public static IrodsConfig of(Configuration configuration) throws ConfigurationException {
        require(configuration, Settings.IRODS_HOST, "--host");
        require(configuration, Settings.IRODS_ZONE, "--zone");
        require(configuration, Settings.IRODS_USER, "--user");
        IrodsEnvironment environment = IrodsFiles.read(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                said(configuration, Settings.IRODS_ENVIRONMENT_FILE),
                said(configuration, Settings.IRODS_AUTHENTICATION_FILE));
        try {
            IrodsConfig.Builder builder = environment.toBuilder();
            boolean fromFiles =
                    environment.settings().stream().anyMatch(s -> s.key().equals("irods_host"));
            if (!fromFiles) {
                builder.tls(TlsSettings.DEFAULT);
            }
            apply(configuration, builder);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage() + "; see docs/configuration.md", e);
        }
    }

    private static void apply(Configuration configuration, IrodsConfig.Builder builder) throws ConfigurationException {
        String user = configuration.text(Settings.IRODS_USER);
        String scheme = user.equals(ANONYMOUS) ? ANONYMOUS : configuration.text(Settings.IRODS_AUTHENTICATION);
        builder.host(configuration.text(Settings.IRODS_HOST))
                .port(configuration.number(Settings.IRODS_PORT))
                .zone(configuration.text(Settings.IRODS_ZONE))
                .user(user)
                .proxyUser(configuration.text(Settings.IRODS_PROXY_USER))
                .proxyZone(configuration.text(Settings.IRODS_PROXY_ZONE))
                .scheme(AuthenticationScheme.of(scheme))
                .connectTimeout(configuration.duration(Settings.IRODS_CONNECT_TIMEOUT))
                .readTimeout(configuration.duration(Settings.IRODS_READ_TIMEOUT))
                .maxConnections(configuration.number(Settings.IRODS_MAX_CONNECTIONS))
                .checksum(configuration.text(Settings.IRODS_CHECKSUM))
                .linkAttribute(configuration.text(Settings.IRODS_LINK_ATTRIBUTE))
                .routeToResourceHosts(configuration.isOn(Settings.IRODS_RESOURCE_HOSTS));
        if (configuration.text(Settings.MOUNT_OWNERSHIP).equals("keep")) {
            builder.modeAttribute(configuration.text(Settings.IRODS_MODE_ATTRIBUTE));
        }
        if (!configuration.value(Settings.IRODS_NEGOTIATION).isDefault()) {
            builder.tlsPolicy(NegotiationPolicy.of(configuration.text(Settings.IRODS_NEGOTIATION)));
        }
        if (!configuration.value(Settings.IRODS_TLS_VERIFY).isDefault()) {
            builder.tlsVerification(HostVerification.of(configuration.text(Settings.IRODS_TLS_VERIFY)));
        }
        configuration.path(Settings.IRODS_TLS_CA_FILE).ifPresent(builder::certificateAuthorities);
        if (configuration.isSet(Settings.IRODS_TICKET)) {
            builder.ticket(Secret.of(configuration.text(Settings.IRODS_TICKET)));
        }
        Secret password = password(configuration);
        if (password.isPresent()) {
            builder.password(password);
        }
    }

    private static Secret password(Configuration configuration) throws ConfigurationException {
        Optional<Path> file = configuration.path(Settings.IRODS_PASSWORD_FILE);
        if (configuration.isSet(Settings.IRODS_PASSWORD) || file.isEmpty()) {
            return Secret.of(configuration.text(Settings.IRODS_PASSWORD));
        }
        try {
            return Secret.of(Files.readString(file.get()).lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "irods.password-file " + file.get() + " cannot be read (" + e
                            + "); name a file whose first line is the" + " password",
                    e);
        }
    }

    private static Optional<Path> said(Configuration configuration, Setting setting) {
        return configuration.value(setting).isDefault() ? Optional.empty() : configuration.path(setting);
    }

    private static void require(Configuration configuration, Setting setting, String flag)
            throws ConfigurationException {
        SettingValue value = configuration.value(setting);
        if (value.text().isEmpty()) {
            throw new ConfigurationException(
                    setting.name() + " is not set: run iinit, or give " + flag + ", or see docs/configuration.md");
        }
    }
}
