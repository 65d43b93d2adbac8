package org.omerods.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.omerods.cli.Logging;
import org.omerods.cli.config.SettingKind;
import org.omerods.cli.demo.Demo;
import org.omerods.cli.demo.DemoSettings;
import org.omerods.cli.mount.MissingException;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.FuseDrivers;
import org.omerods.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole way of a slide, on this machine alone. */
@Command(
        name = "demo",
        description = "Show it working: a slide in a zone of its own, read through a mount. Leaves two pictures.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Option(
            names = "--size",
            defaultValue = "64MiB",
            description = "About how large the slide is, such as 64MiB, 5GiB or 20GiB (default: ${DEFAULT-VALUE}).")
    private String size = "";

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "omerods-demo",
            description = "Folder for overview.png and tile.png (default: ./${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path output;

    @Option(
            names = "--temp",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description =
                    "Folder for everything that is removed at the end: twice the slide's size (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private Path temporary;

    @Option(names = "--driver", defaultValue = "auto", description = "auto, dev or jnr (default: ${DEFAULT-VALUE}).")
    private String driver = "";

    @Option(names = "--stay", description = "Keep zone and mount up until Ctrl-C, and tell how to log in.")
    private boolean stay;

    @Override
    public Integer call() throws IOException, StorageException, InterruptedException {
        Logging.configure("warn");
        Demo demo = new Demo(settings(), spec.commandLine().getOut());
        return demo.run(chosenDriver()) ? ExitCodes.OK : ExitCodes.INTERRUPTED;
    }

    private FuseDriver chosenDriver() throws MissingException {
        try {
            return FuseDrivers.choose(driver);
        } catch (IllegalArgumentException e) {
            throw new MissingException("demo: " + e.getMessage());
        }
    }

    private DemoSettings settings() {
        try {
            long bytes = (Long) SettingKind.SIZE.parse(size);
            return new DemoSettings(
                    bytes,
                    output.toAbsolutePath().normalize(),
                    temporary.toAbsolutePath().normalize(),
                    stay);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--size: " + e.getMessage(), e);
        }
    }
}
