package org.omerods.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.omerods.cli.Logging;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.ZoneUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a directory tree as an iRODS zone, for trying and testing. */
@Command(
        name = "zone",
        description = "Serve a directory tree as an iRODS zone on this machine, for trying and testing.",
        mixinStandardHelpOptions = true)
public final class ZoneCommand implements Callable<Integer> {
    private static final String ADMINISTRATOR = "rods";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Tree to serve in place: nothing in it is copied or changed.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path directory;

    @Option(names = "--port", defaultValue = "1247", description = "TCP port, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--zone", defaultValue = "tempZone", description = "Name of the zone (default: ${DEFAULT-VALUE}).")
    private String zoneName = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of the catalog and of what clients write (default: one per tree in the state folder).")
    private String data = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the password of rods (default: a random one, kept in the data folder).")
    private String passwordFile = "";

    @Override
    public Integer call() throws ConfigurationException, IOException, InterruptedException {
        Logging.configure("info");
        Path tree = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(tree)) {
            throw new IOException("zone " + tree + ": is not a directory; name an existing one");
        }
        Path folder = data.isEmpty()
                ? StateFolder.open(System.getenv()).file(tree, ".zone")
                : Path.of(data).toAbsolutePath().normalize();
        ZoneCredentials credentials =
                ZoneCredentials.in(folder, ADMINISTRATOR, passwordFile.isEmpty() ? null : Path.of(passwordFile));
        String home = "/" + zoneName + "/home/" + ADMINISTRATOR;
        String collection = home + "/" + tree.getFileName();
        ZoneOptions options = ZoneOptions.inDirectory(folder)
                .withZoneName(zoneName)
                .withPort(port)
                .withUsers(List.of(new ZoneUser(ADMINISTRATOR, credentials.password(), true)))
                .withTree(tree, collection);
        try (EmbeddedZone zone = EmbeddedZone.start(options)) {
            Path environment = credentials.writeEnvironment(zone.host(), zone.port(), zoneName);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(zone::close));
            PrintWriter out = spec.commandLine().getOut();
            out.println("serving " + tree + " as " + collection);
            out.println("on " + zone.host() + ":" + zone.port() + ", user " + ADMINISTRATOR + ", zone " + zoneName);
            out.println("In another terminal:");
            out.println("  omerods mount --environment " + environment + " --password-file " + credentials.file() + " "
                    + home + " MOUNTPOINT");
            out.println("Ctrl-C ends it");
            out.flush();
            new CountDownLatch(1).await();
        }
        return ExitCodes.OK;
    }
}
