package org.omerods.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.omerods.cli.terminal.Bytes;
import org.omerods.fs.block.CacheMaintenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in the cache. */
@Command(
        name = "status",
        description = "Show which files are in the cache, and how much of each.",
        mixinStandardHelpOptions = true)
public final class CacheStatusCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MOUNTPOINT", description = "Which mount, when there are several.")
    private String mountPoint = "";

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Look into a cache directory that no mount uses now, such as ~/.cache/omerods/NAME.")
    private String directory = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonNode contents = directory.isEmpty()
                ? CacheConversation.with(mountPoint).ask("status", "contents", Map.of())
                : JSON.valueToTree(CacheMaintenance.inspect(Path.of(directory)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(contents));
        } else {
            print(out, contents);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static void print(PrintWriter out, JsonNode contents) {
        long total = 0;
        for (JsonNode content : contents) {
            long cached = content.path("cachedBytes").asLong();
            long size = content.path("size").asLong();
            total += cached;
            out.printf(
                    "%10s of %10s  %3d %%  %s%s%n",
                    Bytes.shown(cached),
                    Bytes.shown(size),
                    size == 0 ? 100 : cached * 100 / size,
                    content.path("path").asText(),
                    content.path("pinned").asBoolean() ? "  (pinned)" : "");
        }
        out.printf("%10s in %d files%n", Bytes.shown(total), contents.size());
    }
}
