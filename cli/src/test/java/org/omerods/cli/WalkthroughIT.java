package org.omerods.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.slides.Progress;
import org.omerods.slides.SlideFormat;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

/** Runs the commands of docs/walkthrough.md that are marked to run, in one shell, as somebody would who follows it. */
final class WalkthroughIT {
    private static final Path PAGE = Path.of("../docs/walkthrough.md");
    private static final Path OMERO_STAND_IN =
            Path.of("../omero-repo-adapter/src/test/resources/org/omerods/omero/standin/omero.sh");

    private static final Pattern BLOCK = Pattern.compile("<!-- runs -->\n```sh\n(.*?)```\n", Pattern.DOTALL);
    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    private Path directory;

    @Test
    void thePageDoesWhatItSays() throws Exception {
        assumeThat(Files.isWritable(Path.of("/dev/fuse")))
                .as("/dev/fuse can be used")
                .isTrue();
        assumeThat(has("getfattr") && has("cmp"))
                .as("getfattr and cmp are installed")
                .isTrue();
        prepare();
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(7);
        Path script = Files.writeString(directory.resolve("walk.sh"), script(blocks));
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString())
                .directory(Files.createDirectory(directory.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        shell.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        shell.environment().put("SLIDE", directory.resolve("slide.ndpi").toString());
        shell.environment().put("OME_TIFF", directory.resolve("slide.ome.tiff").toString());
        shell.environment().put("PORT", "0");
        shell.environment().put("OMERO", directory.resolve("bin/omero").toString());
        shell.environment().put("OMERODS_STATE_DIR", directory.resolve("state").toString());
        shell.environment()
                .put("OMERODS_CACHE_DIRECTORY", directory.resolve("cache").toString());
        shell.environment()
                .put("OMERODS_STAGING_DIRECTORY", directory.resolve("staging").toString());
        shell.environment().put("HOME", directory.toString());
        Process process = shell.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly();
        String output = Files.readString(directory.resolve("output"));
        assertThat(ended).as("it ends; so far: %s", output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("user.irods.checksum=\"sha2:")
                .contains("user.irods.avu.ome::size-x=\"")
                .contains("would be imported")
                .contains("user.irods.avu.omero::import=\"done")
                .containsPattern("omero::import::result=\"Fileset:\\d+ Image:");
    }

    private static List<String> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
        return matcher.results().map(result -> result.group(1)).toList();
    }

    /** The commands one after the other, each block announced; whatever happens, the mount and the zone end. */
    private static String script(List<String> blocks) {
        return "set -euo pipefail\n"
                + "trap 'omerods unmount --lazy mnt > /dev/null 2>&1 || true; kill $(jobs -p) || true; wait' EXIT\n"
                + "printf 'root & pw\\n' > omero.password; chmod 600 omero.password\n"
                + blocks.stream().map(block -> "echo '== block'\n" + block).collect(Collectors.joining());
    }

    private void prepare() throws IOException {
        SlideSpec spec = SlideSpec.ofBytes(2 << 20);
        SlideMaker.write(spec, directory.resolve("slide.ndpi"), Progress.NONE);
        SlideMaker.write(spec.in(SlideFormat.OME_TIFF), directory.resolve("slide.ome.tiff"), Progress.NONE);
        Path bin = Files.createDirectories(directory.resolve("bin"));
        String java = ProcessHandle.current().info().command().orElseThrow();
        program(
                bin.resolve("omerods"),
                "exec " + java + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
                        + " --sun-misc-unsafe-memory-access=allow -cp '" + System.getProperty("java.class.path")
                        + "' org.omerods.cli.Main \"$@\"");
        Files.copy(OMERO_STAND_IN, bin.resolve("omero"));
        Files.setPosixFilePermissions(bin.resolve("omero"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void program(Path path, String command) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
