package org.omerods.storage.irods;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.HostVerification;
import org.omerods.storage.irods.session.NegotiationPolicy;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.session.TlsSettings;

/**
 * What the icommands know: {@code irods_environment.json} and {@code .irodsA} as {@code iinit} writes them, and the
 * variables that override them, which have the same names in capitals ({@code IRODS_HOST}). Immutable. Every error is an
 * IllegalArgumentException that names the file or variable and the key.
 */
public final class IrodsEnvironment {
    /** Keys that this client reads; the files may hold any others. */
    private static final List<String> KEYS = List.of(
            "irods_host",
            "irods_port",
            "irods_zone_name",
            "irods_user_name",
            "irods_proxy_user",
            "irods_proxy_zone",
            "irods_authentication_scheme",
            "irods_authentication_file",
            "irods_client_server_negotiation",
            "irods_client_server_policy",
            "irods_ssl_ca_certificate_file",
            "irods_ssl_verify_server",
            "irods_encryption_key_size",
            "irods_encryption_salt_size",
            "irods_encryption_num_hash_rounds",
            "irods_encryption_algorithm",
            "irods_default_resource");

    private static final List<String> PASSWORD_VARIABLES = List.of("IRODS_USER_PASSWORD", "IRODS_PASSWORD");
    private static final String TICKET_VARIABLE = "IRODS_TICKET";

    private final Map<String, Setting> settings;
    private final Secret password;
    private final Secret ticket;

    private IrodsEnvironment(Map<String, Setting> settings, Secret password, Secret ticket) {
        this.settings = settings;
        this.password = password;
        this.ticket = ticket;
    }

    /**
     * One value and where it is from.
     *
     * @param origin a file or the name of a variable
     */
    public record Setting(String key, String value, String origin) {}

    /** Of this process. */
    public static IrodsEnvironment ofProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** A missing file is an empty one; a file that a variable names must exist. */
    public static IrodsEnvironment of(Map<String, String> variables, Path home) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        readFile(variables, home).forEach(setting -> settings.put(setting.key(), setting));
        for (String key : KEYS) {
            String name = key.toUpperCase(Locale.ROOT);
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                settings.put(key, new Setting(key, value, name));
            }
        }
        Secret password = PASSWORD_VARIABLES.stream()
                .map(name -> Secret.of(variables.getOrDefault(name, "")))
                .filter(Secret::isPresent)
                .findFirst()
                .orElseGet(() -> PasswordFile.read(Optional.ofNullable(settings.get("irods_authentication_file"))
                        .map(setting -> Path.of(setting.value()))
                        .orElse(home.resolve(".irods/.irodsA"))));
        return new IrodsEnvironment(settings, password, Secret.of(variables.getOrDefault(TICKET_VARIABLE, "")));
    }

    /** All values that were found, secrets left out. */
    public Collection<Setting> settings() {
        return List.copyOf(settings.values());
    }

    /** A builder filled with what was found; as the icommands do, without negotiation unless asked for. */
    public IrodsConfig.Builder toBuilder() {
        IrodsConfig.Builder builder = IrodsConfig.builder()
                .host(text("irods_host"))
                .zone(text("irods_zone_name"))
                .user(text("irods_user_name"))
                .proxyUser(text("irods_proxy_user"))
                .proxyZone(text("irods_proxy_zone"))
                .defaultResource(text("irods_default_resource"))
                .password(password)
                .ticket(ticket)
                .tls(tls());
        parsed("irods_port", Integer::parseInt).ifPresent(builder::port);
        parsed("irods_authentication_scheme", AuthenticationScheme::of).ifPresent(builder::scheme);
        return builder;
    }

    private TlsSettings tls() {
        TlsSettings defaults = TlsSettings.DEFAULT;
        boolean negotiate = text("irods_client_server_negotiation").equals("request_server_negotiation");
        NegotiationPolicy unset = negotiate ? defaults.policy() : NegotiationPolicy.CS_NEG_REFUSE;
        NegotiationPolicy policy =
                parsed("irods_client_server_policy", NegotiationPolicy::of).orElse(unset);
        return new TlsSettings(
                // A policy that requires TLS says clearly enough that it is to be negotiated.
                negotiate || policy == NegotiationPolicy.CS_NEG_REQUIRE,
                policy,
                parsed("irods_ssl_verify_server", HostVerification::of).orElse(defaults.verification()),
                parsed("irods_ssl_ca_certificate_file", Path::of),
                parsed("irods_encryption_key_size", Integer::parseInt).orElse(defaults.keyBytes()),
                parsed("irods_encryption_salt_size", Integer::parseInt).orElse(defaults.saltBytes()),
                parsed("irods_encryption_num_hash_rounds", Integer::parseInt).orElse(defaults.hashRounds()),
                parsed("irods_encryption_algorithm", Function.identity()).orElse(defaults.algorithm()));
    }

    private String text(String key) {
        Setting setting = settings.get(key);
        return setting == null ? "" : setting.value();
    }

    private <T> Optional<T> parsed(String key, Function<String, T> parser) {
        Setting setting = settings.get(key);
        if (setting == null || setting.value().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(setting.value()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    setting.origin() + ": " + key + " = '" + setting.value() + "' is no number", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.origin() + ": " + key + ": " + e.getMessage(), e);
        }
    }

    private static List<Setting> readFile(Map<String, String> variables, Path home) {
        String named = variables.getOrDefault("IRODS_ENVIRONMENT_FILE", "");
        Path file = named.isEmpty() ? home.resolve(".irods/irods_environment.json") : Path.of(named);
        if (named.isEmpty() && !Files.exists(file)) {
            return List.of();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw new IllegalArgumentException(file + " holds no JSON object");
            }
            return KEYS.stream()
                    .filter(key -> json.hasNonNull(key))
                    .map(key -> new Setting(key, scalar(file, key, json.get(key)), file.toString()))
                    .toList();
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    private static String scalar(Path file, String key, JsonNode value) {
        if (!value.isValueNode()) {
            throw new IllegalArgumentException(file + ": " + key + " is neither a text nor a number");
        }
        return value.asText();
    }
}
