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

/** Checks the cache. */
@Command(
        name = "verify",
        description =
                "Compare every block in the cache with its checksum: 0 when all are right, 1 when some were damaged and dropped.",
        mixinStandardHelpOptions = true)
public final class CacheVerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MOUNTPOINT", description = "Which mount, when there are several.")
    private String mountPoint = "";

    @Option(names = "--checksum", description = "Compare complete files with the checksum of the catalog as well.")
    private boolean checksum;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonNode answer = CacheConversation.with(mountPoint).ask("verify", "verify", Map.of("checksum", checksum));
        CacheConversation.print(spec.commandLine().getOut(), answer, json);
        return answer.path("damagedBytes").asLong() > 0
                        || !answer.path("wrongObjects").isEmpty()
                ? ExitCodes.FAILED
                : ExitCodes.OK;
    }
}
