package org.omerods.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps files in the cache. */
@Command(
        name = "pin",
        description =
                "Fetch whole files and keep them until they are unpinned, evicted or replaced, also over restarts.",
        mixinStandardHelpOptions = true)
public final class CachePinCommand implements Callable<Integer> {
    /** Enough to fill a link of 1 Gbit/s at 100 ms. */
    private static final int DEFAULT_PARALLEL = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or directories in a mount; directories with all in them.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private List<Path> paths;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Pieces of 4 MiB under way, 1 to 64 (${DEFAULT-VALUE}).")
    private int parallel = DEFAULT_PARALLEL;

    @Option(
            names = "--rate",
            paramLabel = "SIZE",
            description = "Bytes a second at most, such as 20MiB; default: no limit.")
    private String rate = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CacheConversation conversation = CacheConversation.about(paths);
        CacheConversation.print(
                spec.commandLine().getOut(),
                conversation.ask(
                        "pin",
                        "warm",
                        Map.of(
                                "paths",
                                conversation.relative(paths),
                                "pin",
                                true,
                                "parallel",
                                parallel,
                                "bytesPerSecond",
                                bytesPerSecond())),
                json);
        return ExitCodes.OK;
    }

    private long bytesPerSecond() throws IOException {
        return rate.isEmpty() ? 0 : CacheConversation.size("--rate", rate);
    }
}
