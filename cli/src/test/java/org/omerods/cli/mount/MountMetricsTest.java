package org.omerods.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationLoader;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import org.omerods.cli.metrics.Metric;
import org.omerods.cli.metrics.MetricCatalogue;
import org.omerods.fs.vfs.StorageFilesystem;

/** What a mount tells and what the catalogue names are the same. */
final class MountMetricsTest {
    @TempDir
    private Path directory;

    @Test
    void everyFigureOfAFilesystemHasAMetricAndTheOtherWayRound() throws Exception {
        Configuration configuration = new ConfigurationLoader(Map.of(), directory)
                .load(
                        List.of(
                                new SettingValue(
                                        Settings.CACHE_DIRECTORY,
                                        directory.resolve("cache").toString(),
                                        "test"),
                                new SettingValue(
                                        Settings.STAGING_DIRECTORY,
                                        directory.resolve("staging").toString(),
                                        "test")),
                        "");
        Path mountPoint = directory.resolve("mnt");
        try (Source source = Source.open(configuration, "file:" + directory);
                StorageFilesystem filesystem = StorageFilesystem.create(
                        source.storage(),
                        source.root(),
                        FilesystemSettings.of(configuration, mountPoint, source),
                        Ticker.systemTicker())) {
            Map<String, Object> activity = new LinkedHashMap<>();
            activity.put("filesystem", filesystem.statistics());
            filesystem.staging().ifPresent(staging -> activity.put("staging", staging.status()));
            JsonNode status = JsonMapper.builder().build().valueToTree(activity);
            List<String> figures = new ArrayList<>();
            collect(figures, "", status);
            List<String> named = MetricCatalogue.MOUNT.stream()
                    .map(Metric::path)
                    .filter(path -> path.startsWith("filesystem.") || path.startsWith("staging."))
                    .toList();
            assertThat(named).containsExactlyInAnyOrderElementsOf(figures);
        }
    }

    private static void collect(List<String> figures, String path, JsonNode node) {
        node.properties().forEach(field -> {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isNumber()) {
                figures.add(name);
            } else if (field.getValue().isObject()) {
                collect(figures, name, field.getValue());
            }
        });
    }
}
