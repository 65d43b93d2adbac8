package org.omerods.cli.command;

import java.io.IOException;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.mount.MissingException;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.sync.FailureText;
import org.omerods.storage.StorageException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what a command throws into one line for a person and an exit code; the stack goes to the log at DEBUG. */
public final class CommandErrors {
    private CommandErrors() {}

    public static int handle(Exception e, CommandLine line, CommandLine.ParseResult result) {
        line.getErr().println("omerods: " + messageOf(e));
        LoggerFactory.getLogger(CommandErrors.class).debug("{} failed", line.getCommandName(), e);
        return codeOf(e);
    }

    private static String messageOf(Exception e) {
        boolean ours = e instanceof StorageException
                || e instanceof ConfigurationException
                || e instanceof OmeroException
                || e instanceof IOException;
        return ours ? FailureText.of(e) : "unexpected " + e + "; please report it with --log-level debug";
    }

    static int codeOf(Exception e) {
        return switch (e) {
            case ConfigurationException x -> ExitCodes.CONFIGURATION;
            case MissingException x -> ExitCodes.MISSING;
            case StorageException x ->
                switch (x.reason()) {
                    case LOGIN_REFUSED -> ExitCodes.LOGIN;
                    case UNAVAILABLE, TIMEOUT -> ExitCodes.UNAVAILABLE;
                    case NOT_FOUND,
                            ALREADY_EXISTS,
                            NOT_A_COLLECTION,
                            IS_A_COLLECTION,
                            NOT_EMPTY,
                            ACCESS_DENIED,
                            LOCKED,
                            STALE,
                            NO_GOOD_REPLICA,
                            NAME_TOO_LONG,
                            INVALID,
                            UNSUPPORTED,
                            READ_ONLY,
                            NO_SPACE,
                            CORRUPT,
                            INTERRUPTED,
                            CLOSED -> ExitCodes.FAILED;
                };
            default -> ExitCodes.FAILED;
        };
    }
}
