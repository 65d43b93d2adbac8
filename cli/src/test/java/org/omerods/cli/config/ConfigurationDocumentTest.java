package org.omerods.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/configuration.md is the catalogue. {@code -Domerods.update-docs=true} writes it anew. */
final class ConfigurationDocumentTest {
    private static final String BEGIN = "<!-- settings: begin -->\n";
    private static final String END = "<!-- settings: end -->";

    @Test
    void theDocumentShowsTheCatalogue() throws Exception {
        Path file = Path.of("../docs/configuration.md");
        String document = Files.readString(file);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (Boolean.getBoolean("omerods.update-docs")) {
            Files.writeString(file, document.substring(0, begin) + table() + document.substring(end));
            document = Files.readString(file);
            end = document.indexOf(END);
        }
        assertThat(document.substring(begin, end)).isEqualTo(table());
    }

    private static String table() {
        return "| setting | default | meaning |\n| --- | --- | --- |\n"
                + Settings.all().stream().map(ConfigurationDocumentTest::row).collect(Collectors.joining());
    }

    private static String row(Setting setting) {
        String standard = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
        String expectation = setting.choices().isEmpty()
                ? setting.kind() == SettingKind.TEXT
                        ? ""
                        : " (" + setting.kind().expectation() + ")"
                : " One of "
                        + setting.choices().stream().map(c -> "`" + c + "`").collect(Collectors.joining(", ")) + ".";
        return "| `" + setting.name() + "` | " + standard + " | " + setting.description()
                + (setting.secret() ? " Secret." : "") + expectation + " |\n";
    }
}
