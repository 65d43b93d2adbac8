package org.omerods.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.omerods.cli.daemon.MountRecord;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.daemon.StatusServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How this user's mounts are doing. */
@Command(
        name = "status",
        description =
                "Show this user's mounts and what they did: 0 when all work, 1 when one does not or none is there.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MOUNTPOINT", description = "Only this one.")
    private String mountPoint = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StateFolder folder = StateFolder.open(System.getenv());
        MountRegistry registry = new MountRegistry(folder);
        List<MountRecord> mounts = mountPoint.isEmpty()
                ? registry.all()
                : registry.find(Path.of(mountPoint)).stream().toList();
        ArrayNode answers = JSON.createArrayNode();
        for (MountRecord mount : mounts) {
            answers.add(ask(folder, mount));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(answers));
        } else if (mounts.isEmpty()) {
            out.println(mountPoint.isEmpty() ? "no mounts" : mountPoint + " is not mounted by this user");
        } else {
            answers.forEach(answer -> print(out, answer, ""));
        }
        out.flush();
        boolean well = !answers.isEmpty();
        for (JsonNode answer : answers) {
            well &= answer.path("state").asText().equals("serving");
        }
        return well ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static ObjectNode ask(StateFolder folder, MountRecord mount) {
        ObjectNode answer = JSON.valueToTree(mount);
        if (!mount.alive()) {
            return answer.put("state", "its process is gone: mounting again or `omerods unmount` cleans up");
        }
        try {
            JsonNode told = JSON.readTree(StatusServer.ask(folder, Path.of(mount.mountPoint())));
            answer.put("state", "serving");
            answer.set("activity", told);
            return answer;
        } catch (IOException e) {
            return answer.put("state", "does not answer: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, JsonNode node, String indent) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isObject()) {
                out.println(indent + field.getKey());
                print(out, field.getValue(), indent + "  ");
            } else if (field.getValue().isArray()) {
                printAll(out, field.getKey(), field.getValue(), indent);
            } else {
                out.printf(
                        "%s%-24s %s%n", indent, field.getKey(), field.getValue().asText());
            }
        }
        if (indent.isEmpty()) {
            out.println();
        }
    }

    private static void printAll(PrintWriter out, String name, JsonNode elements, String indent) {
        out.printf("%s%-24s %s%n", indent, name, elements.isEmpty() ? "none" : elements.size());
        for (JsonNode element : elements) {
            if (element.isObject()) {
                print(out, element, indent + "  ");
            } else {
                out.println(indent + "  " + element.asText());
            }
        }
    }
}
