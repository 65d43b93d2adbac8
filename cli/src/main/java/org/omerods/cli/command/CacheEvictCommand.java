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

/** Drops files from the cache. */
@Command(
        name = "evict",
        description = "Drop what the cache has of files, pinned or not, unless it is being read right now.",
        mixinStandardHelpOptions = true)
public final class CacheEvictCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or directories in a mount; directories with all in them.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private List<Path> paths;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CacheConversation conversation = CacheConversation.about(paths);
        CacheConversation.print(
                spec.commandLine().getOut(),
                conversation.ask("evict", "evict", Map.of("paths", conversation.relative(paths))),
                json);
        return ExitCodes.OK;
    }
}
