package org.omerods.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.omerods.bench.report.Report;

/** No figure in docs/benchmarking.md is typed by hand. `./omerods bench report` writes them anew. */
final class BenchmarkingDocumentTest {
    private static final Path RESULTS = Path.of("results");
    private static final Path DOCS = Path.of("../docs");

    private static Report report() throws Exception {
        return Report.of(RESULTS, RESULTS.resolve("remarks.properties"));
    }

    @Test
    void theFiguresOfTheDocumentAreThoseOfTheCommittedResults() throws Exception {
        String document = Files.readString(DOCS.resolve(ReportCommand.DOCUMENT));

        assertThat(document).isEqualTo(report().apply(document));
    }

    @Test
    void thePlotsAreThoseOfTheCommittedResults() throws Exception {
        for (var plot : report().plots().entrySet()) {
            assertThat(DOCS.resolve(plot.getKey())).hasContent(plot.getValue());
        }
    }
}
