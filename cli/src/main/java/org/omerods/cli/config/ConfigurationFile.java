package org.omerods.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A YAML file of settings, nested or dotted: {@code irods: {host: a}} and {@code irods.host: a} are the same. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    static List<SettingValue> read(Path file) throws ConfigurationException {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "configuration file " + file + " cannot be read: " + firstLine(e) + "; see docs/configuration.md",
                    e);
        }
        List<SettingValue> values = new ArrayList<>();
        collect(file, "", root, values);
        return values;
    }

    private static void collect(Path file, String prefix, JsonNode node, List<SettingValue> values)
            throws ConfigurationException {
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                collect(
                        file,
                        prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                        field.getValue(),
                        values);
            }
            return;
        }
        Setting setting = Settings.named(prefix)
                .orElseThrow(() -> new ConfigurationException("configuration file " + file + ": '" + prefix
                        + "' is no setting: see docs/configuration.md or `omerods config show`"));
        if (!node.isValueNode()) {
            throw new ConfigurationException("configuration file " + file + ": " + prefix + " must be "
                    + setting.kind().expectation());
        }
        values.add(new SettingValue(setting, node.asText(), file.toString()));
    }

    /** Jackson's messages go on with source excerpts, which may hold a password. */
    private static String firstLine(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
