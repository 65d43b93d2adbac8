package org.omerods.bench;

import org.omerods.cli.Logging;
import picocli.CommandLine;

/** Where `./omerods bench` starts. */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        Logging.configure("warn");
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
