package org.omerods.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.cli.daemon.MountRecord;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.mount.RecoveryOrders;
import org.omerods.cli.mount.Source;
import org.omerods.cli.mount.UnmountedFiles;
import org.omerods.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to do about files that were written and could not be uploaded. */
@Command(
        name = "recover",
        description = {
            "List files that were written to a mount and could not be uploaded, and decide about them.",
            "Their bytes are kept on this machine until one of these is done."
        },
        mixinStandardHelpOptions = true)
public final class RecoverCommand implements Callable<Integer> {
    private static final List<String> LIST = List.of("list");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MOUNTPOINT",
            description = "Of which mount; only needed where there are several.")
    private String mountPoint = "";

    @Option(names = "--retry", paramLabel = "NUMBER", description = "Upload it now, as a new object where it must be.")
    private long retry = -1;

    @Option(names = "--export", paramLabel = "NUMBER", description = "Copy its bytes to the file of --to.")
    private long export = -1;

    @Option(names = "--to", paramLabel = "FILE", description = "A file that does not exist yet.")
    private String target = "";

    @Option(names = "--discard", paramLabel = "NUMBER", description = "Remove its bytes for good.")
    private long discard = -1;

    @Option(names = "--of", paramLabel = "USER", description = "Whose files, where a mount has several iRODS users.")
    private String user = "";

    @Option(
            names = "--unmounted",
            paramLabel = "COLLECTION",
            description = {
                "The mount of this collection at MOUNTPOINT does not run any more: upload now what it left,",
                "then do what else is asked."
            })
    private String collection = "";

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() throws IOException, ConfigurationException, StorageException, InterruptedException {
        if (!collection.isEmpty()) {
            return withoutMount();
        }
        StateFolder folder = StateFolder.open(System.getenv());
        MountRecord mount = mount(new MountRegistry(folder));
        Map<String, Object> request = Map.of("operation", "recover", "user", user, "words", order());
        JsonNode answer = ControlServer.ask(folder, Path.of(mount.mountPoint()), request, _ -> {});
        PrintWriter out = spec.commandLine().getOut();
        String message = answer.path("message").asText();
        if (!message.isEmpty()) {
            out.println(message);
        }
        print(out, answer.path("problems"));
        out.flush();
        return answer.path("done").asBoolean() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private int withoutMount() throws IOException, ConfigurationException, StorageException, InterruptedException {
        if (mountPoint.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--unmounted needs MOUNTPOINT: where it was mounted");
        }
        List<String> order = order();
        Configuration configuration = options.load();
        Logging.configure(configuration.text(Settings.LOG_LEVEL));
        Path point = Path.of(mountPoint).toAbsolutePath().normalize();
        PrintWriter out = spec.commandLine().getOut();
        try (Source source = Source.open(configuration, collection);
                UnmountedFiles files = UnmountedFiles.open(configuration, point, source)) {
            int waiting = files.status().dirty();
            out.println(waiting + " files of an earlier mount on " + point);
            out.flush();
            int failed = files.awaitUploads().size();
            out.println(waiting - failed + " uploaded");
            RecoveryOrders.Outcome outcome = files.carryOut(order);
            if (!outcome.message().isEmpty()) {
                out.println(outcome.message());
            }
            print(out, JSON.valueToTree(outcome.problems()));
            out.flush();
            boolean done = outcome.done() && (outcome.problems().isEmpty() || !order.equals(LIST));
            return done ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private List<String> order() {
        List<List<String>> orders = new ArrayList<>();
        if (retry >= 0) {
            orders.add(List.of("retry", Long.toString(retry)));
        }
        if (discard >= 0) {
            orders.add(List.of("discard", Long.toString(discard)));
        }
        if (export >= 0) {
            if (target.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--export needs --to FILE");
            }
            String file = Path.of(target).toAbsolutePath().normalize().toString();
            orders.add(List.of("export", Long.toString(export), file));
        }
        if (orders.size() > 1) {
            throw new ParameterException(spec.commandLine(), "one of --retry, --export and --discard at a time");
        }
        return orders.isEmpty() ? LIST : orders.getFirst();
    }

    private MountRecord mount(MountRegistry registry) throws IOException {
        List<MountRecord> mounts = mountPoint.isEmpty()
                ? registry.all().stream().filter(MountRecord::alive).toList()
                : registry.find(Path.of(mountPoint).toAbsolutePath().normalize()).stream()
                        .filter(MountRecord::alive)
                        .toList();
        if (mounts.size() > 1) {
            throw new ParameterException(spec.commandLine(), "there are several mounts: say which");
        }
        if (mounts.isEmpty()) {
            throw new IOException("recover: no such mount is running. Start it again with the same mount point, and it"
                    + " takes up what was left; or `omerods recover MOUNTPOINT --unmounted COLLECTION`, with the"
                    + " options of the mount");
        }
        return mounts.getFirst();
    }

    private static void print(PrintWriter out, JsonNode problems) {
        if (problems.isEmpty()) {
            out.println("nothing waits for a person or another try");
            return;
        }
        out.printf("%-8s %14s  %-9s %s%n", "number", "bytes", "next", "file and problem");
        for (JsonNode problem : problems) {
            out.printf(
                    "%-8s %14s  %-9s %s%n%-8s %14s  %-9s %s%n",
                    problem.path("number").asText(),
                    problem.path("size").asText(),
                    problem.path("waitsForPerson").asBoolean() ? "you" : "retries",
                    problem.path("path").asText(),
                    "",
                    "",
                    "",
                    problem.path("problem").asText());
        }
    }
}
