package org.omerods.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationLoaderTest {
    @TempDir
    private Path home;

    private Configuration load(Map<String, String> environment, SettingValue... flags) throws Exception {
        return new ConfigurationLoader(environment, home).load(List.of(flags), "");
    }

    private Path write(String name, String text) throws Exception {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void defaultsAreUsedWhereNobodySaysAnything() throws Exception {
        Configuration configuration = load(Map.of());
        assertThat(configuration.number(Settings.IRODS_PORT)).isEqualTo(1247);
        assertThat(configuration.size(Settings.CACHE_MAX_SIZE)).isEqualTo(10L << 30);
        assertThat(configuration.duration(Settings.IRODS_CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.isSet(Settings.MOUNT_FILE_MODE)).isFalse();
        assertThat(configuration.value(Settings.IRODS_PORT).origin()).isEqualTo("default");
        assertThat(configuration.isSet(Settings.IRODS_HOST)).isFalse();
    }

    @Test
    void flagBeatsVariableBeatsFileBeatsIcommandsBeatsDefault() throws Exception {
        write(".irods/irods_environment.json", """
                {"irods_host": "icommands", "irods_port": 1111, "irods_zone_name": "z", "irods_user_name": "u"}""");
        write(".config/omerods/config.yaml", "irods:\n  host: file\n  port: 2222\nirods.zone: file-zone\n");
        Configuration configuration = load(
                Map.of("OMERODS_IRODS_HOST", "variable", "OMERODS_IRODS_PORT", "3333"),
                new SettingValue(Settings.IRODS_HOST, "flag", "flag --host"));
        assertThat(configuration.text(Settings.IRODS_HOST)).isEqualTo("flag");
        assertThat(configuration.number(Settings.IRODS_PORT)).isEqualTo(3333);
        assertThat(configuration.text(Settings.IRODS_ZONE)).isEqualTo("file-zone");
        assertThat(configuration.text(Settings.IRODS_USER)).isEqualTo("u");
        assertThat(configuration.value(Settings.IRODS_PORT).origin()).isEqualTo("OMERODS_IRODS_PORT");
        assertThat(configuration.value(Settings.IRODS_ZONE).origin()).endsWith("config.yaml");
        assertThat(configuration.value(Settings.IRODS_USER).origin()).endsWith("irods_environment.json");
    }

    @Test
    void anUnknownNameInAFileStopsTheStartAndIsNamed() throws Exception {
        write(".config/omerods/config.yaml", "irods:\n  hots: a\n");
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("irods.hots")
                .hasMessageContaining("config.yaml");
    }

    @Test
    void anUnknownVariableStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> load(Map.of("OMERODS_IRODS_HOTS", "a")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("OMERODS_IRODS_HOTS");
    }

    @Test
    void aFileThatIsNoYamlStopsTheStart() throws Exception {
        write(".config/omerods/config.yaml", "irods: [unclosed");
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("config.yaml");
    }

    @Test
    void aNamedFileThatIsMissingStopsTheStart() {
        assertThatThrownBy(() -> new ConfigurationLoader(Map.of(), home)
                        .load(List.of(), home.resolve("none.yaml").toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "OMERODS_IRODS_PORT, many, a whole number",
        "OMERODS_CACHE_MAX_SIZE, 10 GB, a size such as",
        "OMERODS_CACHE_LISTING_TTL, 60, a time such as",
        "OMERODS_MOUNT_DRIVER, fuse, none of auto",
        "OMERODS_MOUNT_ALLOW_OTHER, maybe, true or false",
        "OMERODS_MOUNT_FILE_MODE, 999, octal"
    })
    void aValueThatDoesNotParseIsToldWithItsOriginAndWhatIsExpected(String variable, String text, String expected) {
        assertThatThrownBy(() -> load(Map.of(variable, text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(expected);
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        Configuration configuration = load(Map.of("OMERODS_IRODS_PASSWORD", "sesame", "OMERODS_IRODS_TICKET", "tkt"));
        assertThat(configuration.values().toString()).doesNotContain("sesame").doesNotContain("tkt");
        assertThat(configuration.value(Settings.IRODS_PASSWORD).shown()).isEqualTo("***");
        assertThat(configuration.text(Settings.IRODS_PASSWORD)).isEqualTo("sesame");
    }

    @Test
    void theDefaultOfEverySettingParses() {
        for (Setting setting : Settings.all()) {
            if (!setting.defaultText().isEmpty()) {
                assertThat(setting.parse(setting.defaultText()))
                        .as(setting.name())
                        .isNotNull();
            }
        }
    }

    @Test
    void namesAreDistinct() {
        assertThat(Settings.all()).extracting(Setting::name).doesNotHaveDuplicates();
    }
}
