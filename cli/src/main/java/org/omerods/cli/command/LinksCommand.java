package org.omerods.cli.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.omerods.cli.Logging;
import org.omerods.cli.companion.CompanionParts;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.omero.links.LinkCheck;
import org.omerods.omero.links.LinkFinding;
import org.omerods.omero.links.LinkFinding.State;
import org.omerods.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The links of OMERO's managed repository that lead into iRODS. */
@Command(
        name = "links",
        description =
                "Check the links of OMERO's managed repository against iRODS, and re-point those whose object moved.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(check | fix)")
public final class LinksCommand implements Runnable {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check or fix");
    }

    @Command(
            name = "check",
            description = "Look only: 0 when all is well, 1 when a link is wrong.",
            mixinStandardHelpOptions = true)
    int check(
            @Mixin ConfigurationOptions options,
            @Option(names = "--json", description = "As JSON, for programs.") boolean json)
            throws ConfigurationException, StorageException, IOException {
        return look(options, json, false);
    }

    @Command(
            name = "fix",
            description = "Re-point links whose object moved: 0 when all is well now, 1 when something is left to do.",
            mixinStandardHelpOptions = true)
    int fix(
            @Mixin ConfigurationOptions options,
            @Option(names = "--json", description = "As JSON, for programs.") boolean json)
            throws ConfigurationException, StorageException, IOException {
        return look(options, json, true);
    }

    private int look(ConfigurationOptions options, boolean json, boolean fix)
            throws ConfigurationException, StorageException, IOException {
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        List<LinkFinding> findings;
        try (CompanionParts parts = CompanionParts.open(configuration)) {
            LinkCheck links = new LinkCheck(parts.repository(), parts.mounts(), parts.storage(), parts.prefix());
            findings = (fix ? links.fix() : links.check())
                    .stream().sorted(Comparator.comparing(LinkFinding::link)).toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(json(findings)));
        } else {
            findings.stream()
                    .filter(finding -> finding.state() != State.OK)
                    .forEach(finding -> out.println(line(finding)));
            long wrong = findings.stream().filter(LinksCommand::isLeft).count();
            out.println(findings.size() + " links, " + wrong + " to be looked after");
        }
        out.flush();
        return findings.stream().anyMatch(LinksCommand::isLeft) ? ExitCodes.FAILED : ExitCodes.OK;
    }

    private static boolean isLeft(LinkFinding finding) {
        return finding.state().isProblem() || finding.state() == State.MOVED;
    }

    private static String line(LinkFinding finding) {
        return finding.state() + " " + finding.link() + " -> "
                + finding.wanted().orElse(finding.target()) + ": " + finding.note();
    }

    private static ArrayNode json(List<LinkFinding> findings) {
        ArrayNode list = JSON.createArrayNode();
        for (LinkFinding finding : findings) {
            ObjectNode node = list.addObject();
            node.put("link", finding.link().toString());
            node.put("target", finding.target().toString());
            node.put("state", finding.state().name());
            finding.wanted().map(Path::toString).ifPresent(wanted -> node.put("wanted", wanted));
            node.put("note", finding.note());
        }
        return list;
    }
}
