package org.omerods.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: says what there is. */
@Command(
        name = "omerods",
        description = "Whole-slide images from an iRODS zone, mounted for OMERO and for everybody.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "First steps:  omerods demo          shows it working on a zone of its own",
            "              omerods doctor        checks this machine and your login",
            "              omerods mount /zone/home/you /mnt/irods",
            "Exit codes:   0 done, 1 failed, 2 usage, 3 something is missing here, 4 configuration, 5 login refused,",
            "              6 server not reachable"
        },
        subcommands = {
            DemoCommand.class,
            MountCommand.class,
            UnmountCommand.class,
            StatusCommand.class,
            CacheCommand.class,
            RecoverCommand.class,
            SyncCommand.class,
            ImportCommand.class,
            LinksCommand.class,
            PromoteCommand.class,
            RecallCommand.class,
            MetadataCommand.class,
            ZoneCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        })
public final class OmerodsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
