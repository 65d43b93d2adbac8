package org.omerods.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.SettingValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the configuration is. */
@Command(
        name = "config",
        description = "Show the configuration.",
        mixinStandardHelpOptions = true,
        subcommands = ConfigCommand.Show.class)
public final class ConfigCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say: omerods config show");
    }

    /** Each setting's value and where it came from. */
    @Command(
            name = "show",
            description = "Print every setting, its value, and where the value came from; secrets as ***.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli injects it
        private CommandSpec spec;

        @Mixin
        private ConfigurationOptions options = new ConfigurationOptions();

        @Override
        public Integer call() throws ConfigurationException {
            PrintWriter out = spec.commandLine().getOut();
            for (SettingValue value : options.load().values()) {
                out.printf("%-28s %-32s %s%n", value.setting().name(), value.shown(), value.origin());
            }
            out.flush();
            return ExitCodes.OK;
        }
    }
}
