package org.omerods.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tidies the cache. */
@Command(
        name = "gc",
        description =
                "Remove what is of no use: versions that were replaced, removed or moved, and files that belong to nothing.",
        mixinStandardHelpOptions = true)
public final class CacheGcCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MOUNTPOINT", description = "Which mount, when there are several.")
    private String mountPoint = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonNode answer = CacheConversation.with(mountPoint).ask("gc", "gc", Map.of());
        CacheConversation.print(spec.commandLine().getOut(), answer, json);
        return ExitCodes.OK;
    }
}
