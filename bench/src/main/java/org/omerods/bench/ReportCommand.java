package org.omerods.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.omerods.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what the results say into the documents. */
@Command(
        name = "report",
        description = "Write tables, verdicts and plots of the committed results into docs/.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    static final String DOCUMENT = "benchmarking.md";

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "bench/results",
            description = "Folder of the JSON.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path results;

    @Option(names = "--docs", paramLabel = "DIR", defaultValue = "docs", description = "Folder of the documents.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path docs;

    @Override
    public Integer call() throws IOException {
        Report report = Report.of(results, results.resolve("remarks.properties"));
        Path document = docs.resolve(DOCUMENT);
        Files.writeString(document, report.apply(Files.readString(document)));
        for (Map.Entry<String, String> plot : report.plots().entrySet()) {
            Files.writeString(docs.resolve(plot.getKey()), plot.getValue());
        }
        return 0;
    }
}
