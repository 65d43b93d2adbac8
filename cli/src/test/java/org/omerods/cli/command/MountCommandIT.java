package org.omerods.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** The life of a mount as a user sees it: the real command in processes of their own, a zone, a kernel mount. */
final class MountCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] CONTENT = "pixels".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path scratch;

    private final EmbeddedZone zone;
    private final Path point;

    MountCommandIT() throws IOException {
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createTempDirectory("omerods-zone")));
        point = Files.createTempDirectory("omerods-mnt");
    }

    @BeforeEach
    void putSlide() throws Exception {
        zone.admin().putBytes("/tempZone/home/rods/slide.svs", CONTENT);
        Files.writeString(scratch.resolve("password"), "rods\n");
    }

    @AfterEach
    void cleanUp() throws Exception {
        if (isMounted()) {
            run("unmount", "--lazy", point.toString());
        }
        zone.close();
        Files.deleteIfExists(point);
    }

    private boolean isMounted() throws IOException {
        return MountTable.read().at(point).isPresent();
    }

    private record Result(int code, String out) {}

    private ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.omerods.cli.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMERODS_STATE_DIR", scratch.resolve("state").toString());
        builder.environment()
                .put("OMERODS_CACHE_DIRECTORY", scratch.resolve("cache").toString());
        return builder;
    }

    private Result run(String... arguments) throws Exception {
        Process process = command(List.of(arguments)).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out);
    }

    private Result run(List<String> arguments) throws Exception {
        return run(arguments.toArray(String[]::new));
    }

    private List<String> mount(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "mount",
                "--host",
                zone.host(),
                "--port",
                Integer.toString(zone.port()),
                "--zone",
                "tempZone",
                "--user",
                "rods",
                "--password-file",
                scratch.resolve("password").toString()));
        arguments.addAll(List.of(more));
        arguments.add("/tempZone/home/rods");
        arguments.add(point.toString());
        return arguments;
    }

    private Process foreground() throws Exception {
        Path out = scratch.resolve("out.txt");
        Process process = command(mount()).redirectOutput(out.toFile()).start();
        // a stat would not do: the kernel answers it from its cache, even for a mount whose daemon is dead
        await().atMost(PATIENCE).until(() -> Files.readString(out).contains("Ctrl-C unmounts") || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
        return process;
    }

    @Test
    void aDaemonReturnsWhenItIsOfUseAndUnmountEndsIt() throws Exception {
        Result mounted = run(mount("--daemon"));
        assertThat(mounted.code()).as(mounted.out()).isZero();
        assertThat(Files.readAllBytes(point.resolve("slide.svs"))).isEqualTo(CONTENT);
        Result status = run("status");
        assertThat(status.out()).contains("serving").contains(point.toString()).contains("bytesAsked");
        assertThat(status.code()).isZero();
        assertThat(run("unmount", point.toString()).code()).isZero();
        assertThat(isMounted()).isFalse();
        assertThat(run("status").out()).contains("no mounts");
    }

    @Test
    void sigtermUnmounts() throws Exception {
        Process process = foreground();
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(isMounted()).isFalse();
    }

    @Test
    void aStaleMountOfAKilledDaemonIsCleanedAtTheNextStart() throws Exception {
        Process killed = foreground();
        killed.destroyForcibly().waitFor();
        assertThat(run("status").code()).isEqualTo(ExitCodes.FAILED);
        foreground();
        assertThat(Files.readAllBytes(point.resolve("slide.svs"))).isEqualTo(CONTENT);
        assertThat(run("unmount", point.toString()).code()).isZero();
    }

    @Test
    void aWrongPasswordIsRefusedAndSaidSo() throws Exception {
        Files.writeString(scratch.resolve("password"), "wrong-one\n");
        Result result = run(mount());
        assertThat(result.out()).contains("password").doesNotContain("wrong-one");
        assertThat(result.code()).isEqualTo(ExitCodes.LOGIN);
        Result daemon = run(mount("--daemon"));
        assertThat(daemon.out()).contains("password").doesNotContain("wrong-one");
        assertThat(daemon.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(isMounted()).isFalse();
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        zone.close();
        Result result = run(mount());
        assertThat(result.out()).contains(Integer.toString(zone.port())).contains("omerods doctor");
        assertThat(result.code()).isEqualTo(ExitCodes.UNAVAILABLE);
    }

    @Test
    void secretsAreRefusedOnTheCommandLine() throws Exception {
        Result result = run("config", "show", "--set", "irods.password=sesame");
        assertThat(result.code()).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(result.out()).contains("OMERODS_IRODS_PASSWORD").doesNotContain("sesame");
    }

    @Test
    void theDoctorFindsALoginThatWorks() throws Exception {
        List<String> arguments = mount();
        arguments.set(0, "doctor");
        Result result = run(arguments.subList(0, arguments.size() - 2));
        assertThat(result.out()).contains("Ready to mount").contains("rods of zone tempZone");
        assertThat(result.code()).isZero();
    }
}
