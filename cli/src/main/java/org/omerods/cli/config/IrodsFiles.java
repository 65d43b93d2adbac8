package org.omerods.cli.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.omerods.storage.irods.IrodsEnvironment;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.HostVerification;

/** The layer of the icommands: what iinit wrote, and their variables. */
public final class IrodsFiles {
    private static final Map<String, Setting> KEYS = Map.of(
            "irods_host", Settings.IRODS_HOST,
            "irods_port", Settings.IRODS_PORT,
            "irods_zone_name", Settings.IRODS_ZONE,
            "irods_user_name", Settings.IRODS_USER,
            "irods_proxy_user", Settings.IRODS_PROXY_USER,
            "irods_proxy_zone", Settings.IRODS_PROXY_ZONE,
            "irods_authentication_scheme", Settings.IRODS_AUTHENTICATION,
            "irods_client_server_policy", Settings.IRODS_NEGOTIATION,
            "irods_ssl_verify_server", Settings.IRODS_TLS_VERIFY,
            "irods_ssl_ca_certificate_file", Settings.IRODS_TLS_CA_FILE);

    private IrodsFiles() {}

    /**
     * The environment that a configuration points to.
     *
     * @param environmentFile and authenticationFile instead of the usual ones, where present
     */
    public static IrodsEnvironment read(
            Map<String, String> variables, Path home, Optional<Path> environmentFile, Optional<Path> authenticationFile)
            throws ConfigurationException {
        Map<String, String> seen = new HashMap<>(variables);
        environmentFile.ifPresent(file -> seen.put("IRODS_ENVIRONMENT_FILE", file.toString()));
        authenticationFile.ifPresent(file -> seen.put("IRODS_AUTHENTICATION_FILE", file.toString()));
        try {
            return IrodsEnvironment.of(seen, home);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage() + "; run iinit again or give another file", e);
        }
    }

    /** Its values as settings. */
    static List<SettingValue> layer(Map<Setting, SettingValue> said, Map<String, String> variables, Path home)
            throws ConfigurationException {
        IrodsEnvironment environment = read(
                variables,
                home,
                pathOf(said, Settings.IRODS_ENVIRONMENT_FILE),
                pathOf(said, Settings.IRODS_AUTHENTICATION_FILE));
        List<SettingValue> values = new java.util.ArrayList<>();
        for (IrodsEnvironment.Setting found : environment.settings()) {
            Setting setting = KEYS.get(found.key());
            if (setting != null) {
                values.add(new SettingValue(setting, normalized(found), found.origin()));
            }
        }
        return values;
    }

    private static Optional<Path> pathOf(Map<Setting, SettingValue> said, Setting setting) {
        SettingValue value = said.get(setting);
        return value == null || value.text().isEmpty()
                ? Optional.empty()
                : Optional.of((Path) setting.parse(value.text()));
    }

    /** The icommands know several words for some things; settings know one. */
    private static String normalized(IrodsEnvironment.Setting found) throws ConfigurationException {
        try {
            return switch (found.key()) {
                case "irods_authentication_scheme" ->
                    AuthenticationScheme.of(found.value()).name().toLowerCase(Locale.ROOT);
                case "irods_ssl_verify_server" ->
                    HostVerification.of(found.value()).name().toLowerCase(Locale.ROOT);
                default -> found.value();
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(found.origin() + ": " + found.key() + ": " + e.getMessage(), e);
        }
    }
}
