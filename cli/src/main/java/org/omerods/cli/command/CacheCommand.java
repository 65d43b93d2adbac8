package org.omerods.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the block files of a mount. */
@Command(
        name = "cache",
        description = "Look into the cache of a mount, fill it, keep, drop or check what is in it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CacheStatusCommand.class,
            CacheWarmCommand.class,
            CachePinCommand.class,
            CacheUnpinCommand.class,
            CacheEvictCommand.class,
            CacheVerifyCommand.class,
            CacheGcCommand.class
        })
public final class CacheCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
