package org.omerods.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.omerods.bench.result.ResultFile;
import org.omerods.bench.suite.Plan;
import org.omerods.bench.suite.Run;
import org.omerods.bench.suite.Suite;
import org.omerods.bench.suite.Suites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs suites of benchmarks. */
@Command(
        name = "bench",
        description = "Measure mounts against their peers, over networks of any delay; see docs/benchmarking.md.",
        mixinStandardHelpOptions = true,
        subcommands = ReportCommand.class)
final class BenchCommand implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int QUICK_FILE_BYTES = 24 << 20;
    private static final double QUICK_SECONDS = 0.3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(paramLabel = "SUITE", arity = "0..*", description = "Suites to run, in that order; `all` for the set.")
    private List<String> suites = new ArrayList<>();

    @Option(names = "--list", description = "Show the suites and end.")
    private boolean list;

    @Option(names = "--quick", description = "A smoke test: seconds instead of minutes, figures that mean nothing.")
    private boolean quick;

    @Option(names = "--repetitions", defaultValue = "5", description = "Of everything (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--size",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "MiB of the large file (default: ${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description = "Most that one load may take (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--rtt",
            paramLabel = "MS",
            split = ",",
            defaultValue = "0,0.2,1,5,10,30",
            description = "Round-trip times in milliseconds; 0 is plain loopback (default: ${DEFAULT-VALUE}).")
    private double[] roundTrips = {};

    @Option(names = "--soak", paramLabel = "MIN", defaultValue = "30", description = "Minutes of the suite soak.")
    private int soakMinutes;

    @Option(
            names = "--link",
            defaultValue = "auto",
            description =
                    "tun (IP level, needs root), proxy (TCP, hides slow start), auto (default: ${DEFAULT-VALUE}).")
    private String link = "";

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "bench/results",
            description = "Folder of the JSON files (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path results;

    @Option(
            names = "--temp",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Folder for what is removed at the end, on a disk (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path temporary;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list || suites.isEmpty()) {
            Suites.byName().forEach((name, suite) -> out.printf("%-16s %s%n", name, suite.description()));
            out.flush();
            return list ? 0 : 2;
        }
        List<String> chosen = suites.equals(List.of("all")) ? Suites.committed() : suites;
        Map<String, Suite> wanted = new LinkedHashMap<>();
        for (String name : chosen) {
            Suite suite = Suites.byName().get(name);
            if (suite == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no suite '" + name + "'; there are " + Suites.byName().keySet());
            }
            wanted.put(name, suite);
        }
        Plan plan = plan();
        Files.createDirectories(temporary);
        int failed = 0;
        for (Map.Entry<String, Suite> one : wanted.entrySet()) {
            failed += runOne(one.getKey(), one.getValue(), plan, out) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    /** One that fails shall not take the others with it: the machine is needed for hours. */
    private boolean runOne(String name, Suite suite, Plan plan, PrintWriter out) throws InterruptedException {
        out.println(name + ": " + suite.description());
        out.flush();
        try {
            ResultFile file = new ResultFile(name, plan.checkout(), plan.parameters());
            try (Run run = new Run(plan, temporary, file, out)) {
                suite.run(run);
            }
            out.println("  written: " + file.write(results));
            out.flush();
            return true;
        } catch (IOException e) {
            spec.commandLine().getErr().println("omerods bench: " + name + ": " + e.getMessage());
            spec.commandLine().getErr().flush();
            return false;
        }
    }

    private Plan plan() {
        List<Duration> delays = Arrays.stream(roundTrips)
                .mapToObj(millis -> Duration.ofNanos((long) (millis * NANOS_PER_MILLI)))
                .toList();
        Duration soak = Duration.ofMinutes(soakMinutes);
        Path checkout = Path.of("").toAbsolutePath();
        return quick
                ? new Plan(checkout, 1, QUICK_FILE_BYTES, QUICK_SECONDS, delays, soak, link, true)
                : new Plan(checkout, repetitions, (long) mebibytes << 20, seconds, delays, soak, link, false);
    }
}
