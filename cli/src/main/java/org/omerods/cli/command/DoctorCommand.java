package org.omerods.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.doctor.Finding;
import org.omerods.cli.doctor.LoginChecks;
import org.omerods.cli.doctor.MachineChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what would keep a mount from working. */
@Command(
        name = "doctor",
        description =
                "Check Java, FUSE, the cache folder, the configuration and the login; each problem with its remedy.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() throws ConfigurationException {
        Configuration configuration = options.load();
        String level = configuration.text(Settings.LOG_LEVEL);
        Logging.configure(level.equals("info") ? "error" : level);
        List<Finding> findings = new ArrayList<>(MachineChecks.run(configuration));
        findings.addAll(LoginChecks.run(configuration));
        PrintWriter out = spec.commandLine().getOut();
        boolean failed = false;
        for (Finding finding : findings) {
            out.printf("%-6s %-14s %s%n", mark(finding.grade()), finding.subject(), finding.text());
            if (!finding.remedy().isEmpty()) {
                out.printf("%-6s %-14s -> %s%n", "", "", finding.remedy());
            }
            failed |= finding.grade() == Finding.Grade.FAILED;
        }
        out.println(failed ? "Not ready to mount: see the lines marked FAILED." : "Ready to mount.");
        out.flush();
        return failed ? ExitCodes.MISSING : ExitCodes.OK;
    }

    private static String mark(Finding.Grade grade) {
        return switch (grade) {
            case OK -> "ok";
            case NOTE -> "note";
            case FAILED -> "FAILED";
        };
    }
}
