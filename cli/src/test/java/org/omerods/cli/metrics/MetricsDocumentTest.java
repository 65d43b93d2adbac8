package org.omerods.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class MetricsDocumentTest {
    @Test
    void theDocumentShowsTheCatalogue() throws Exception {
        Path file = Path.of("../docs/metrics.md");
        String document = Files.readString(file);
        for (Part part : List.of(new Part("mount", MetricCatalogue.MOUNT), new Part("sync", MetricCatalogue.SYNC))) {
            String begin = "<!-- " + part.name + ": begin -->\n";
            String end = "<!-- " + part.name + ": end -->";
            int from = document.indexOf(begin) + begin.length();
            if (Boolean.getBoolean("omerods.update-docs")) {
                document =
                        document.substring(0, from) + table(part.metrics) + document.substring(document.indexOf(end));
                Files.writeString(file, document);
            }
            assertThat(document.substring(from, document.indexOf(end))).isEqualTo(table(part.metrics));
        }
    }

    private record Part(String name, List<Metric> metrics) {}

    private static String table(List<Metric> metrics) {
        StringBuilder table = new StringBuilder("| metric | kind | label | meaning |\n| --- | --- | --- | --- |\n");
        for (Metric metric : metrics) {
            table.append("| `")
                    .append(metric.exposedName())
                    .append("` | ")
                    .append(metric.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(metric.label().isEmpty() ? "" : "`" + metric.label() + "`")
                    .append(" | ")
                    .append(metric.help())
                    .append(" |\n");
        }
        return table.toString();
    }
}
