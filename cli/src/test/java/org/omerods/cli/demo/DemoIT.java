package org.omerods.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.Main;
import org.omerods.fs.fuse.FuseDrivers;
import picocli.CommandLine;

/** The command as a person runs it. Needs a kernel that mounts. */
final class DemoIT {
    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void needsFuse() throws IOException {
        String problem = FuseDrivers.choose("auto").unavailableBecause();
        assumeTrue(problem.isEmpty(), problem);
    }

    @Test
    void leavesTwoPicturesAndNothingElse() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Path pictures = directory.resolve("pictures");
        int exit = run("demo", "--size", "4MiB", "--temp", temporary.toString(), "--output", pictures.toString());
        assertThat(exit).as(errors.toString()).isZero();
        assertThat(output.toString())
                .contains("as the original's")
                .contains("go on")
                .contains("all bytes");
        BufferedImage overview = ImageIO.read(pictures.resolve("overview.png").toFile());
        assertThat(overview.getWidth()).isBetween(500, 2000);
        assertThat(ImageIO.read(pictures.resolve("tile.png").toFile()).getHeight())
                .isEqualTo(1024);
        assertThat(temporary).isEmptyDirectory();
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(directory.toString());
    }

    @Test
    void wrongSizesAreUsageErrors() {
        assertThat(run("demo", "--size", "much")).isEqualTo(2);
        assertThat(errors.toString()).contains("'much' is not a size such as 64MiB");
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(output, true));
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
