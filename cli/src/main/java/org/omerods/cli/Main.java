package org.omerods.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.omerods.cli.command.CommandErrors;
import org.omerods.cli.command.OmerodsCommand;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setOut(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        Logging.configure("warn"); // until a command knows what is wanted
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its sub-commands, as the tests use it too. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new OmerodsCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(CommandErrors::handle);
        line.setUsageHelpLongOptionsMaxWidth(32);
        return line;
    }
}
