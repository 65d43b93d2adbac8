package org.omerods.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.ConfigurationLoader;

/** The catalog is asked for modes only where they are to be kept. */
class ModeSettingsTest {
    @TempDir
    private Path home;

    private Configuration with(Map<String, String> more) throws ConfigurationException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OMERODS_IRODS_HOST", "localhost",
                "OMERODS_IRODS_ZONE", "tempZone",
                "OMERODS_IRODS_USER", "alice",
                "OMERODS_IRODS_PASSWORD", "secret"));
        environment.putAll(more);
        return new ConfigurationLoader(environment, home).load(List.of(), "");
    }

    @Test
    void modesAreAskedForWhereTheyAreKept() throws Exception {
        assertThat(IrodsSettings.of(with(Map.of())).modeAttribute()).isEmpty();
        assertThat(IrodsSettings.of(with(Map.of("OMERODS_MOUNT_OWNERSHIP", "refuse")))
                        .modeAttribute())
                .isEmpty();
        assertThat(IrodsSettings.of(with(Map.of("OMERODS_MOUNT_OWNERSHIP", "keep")))
                        .modeAttribute())
                .contains("omerods:mode");
        assertThat(IrodsSettings.of(with(Map.of(
                                "OMERODS_MOUNT_OWNERSHIP", "keep",
                                "OMERODS_IRODS_MODE_ATTRIBUTE", "mode")))
                        .modeAttribute())
                .contains("mode");
    }

    @Test
    void anAttributeThatCannotBeAskedForIsSaidAtTheStart() throws Exception {
        Configuration configuration = with(Map.of(
                "OMERODS_MOUNT_OWNERSHIP", "keep",
                "OMERODS_IRODS_MODE_ATTRIBUTE", "omerods:symlink"));
        assertThatThrownBy(() -> IrodsSettings.of(configuration))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("omerods:symlink");
    }
}
