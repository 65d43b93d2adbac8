package org.omerods.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final byte[] CONTENT = "pixels".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    private final Path scratch;
    private final EmbeddedZone zone;
    private final Path point;

    MountCommandIT(@TempDir Path scratch) throws IOException {
        this.scratch = scratch;
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectory(scratch.resolve("zone"))));
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

    private Program program() {
        return new Program(scratch);
    }

    private Program.Result run(String... arguments) throws Exception {
        return program().run(arguments);
    }

    private Program.Result run(List<String> arguments) throws Exception {
        return program().run(arguments);
    }

    private List<String> mount(String... more) {
        List<String> arguments = Program.login("mount", zone, scratch.resolve("password"), more);
        arguments.add("/tempZone/home/rods");
        arguments.add(point.toString());
        return arguments;
    }

    private Process foreground() throws Exception {
        return program().mounted(mount());
    }

    @Test
    void aDaemonReturnsWhenItIsOfUseAndUnmountEndsIt() throws Exception {
        Program.Result mounted = run(mount("--daemon"));
        assertThat(mounted.code()).as(mounted.out()).isZero();
        assertThat(Files.readAllBytes(point.resolve("slide.svs"))).isEqualTo(CONTENT);
        Program.Result status = run("status");
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
        assertThat(process.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
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
        Program.Result result = run(mount());
        assertThat(result.out()).contains("password").doesNotContain("wrong-one");
        assertThat(result.code()).isEqualTo(ExitCodes.LOGIN);
        Program.Result daemon = run(mount("--daemon"));
        assertThat(daemon.out()).contains("password").doesNotContain("wrong-one");
        assertThat(daemon.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(isMounted()).isFalse();
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        zone.close();
        Program.Result result = run(mount());
        assertThat(result.out()).contains(Integer.toString(zone.port())).contains("omerods doctor");
        assertThat(result.code()).isEqualTo(ExitCodes.UNAVAILABLE);
    }

    @Test
    void secretsAreRefusedOnTheCommandLine() throws Exception {
        Program.Result result = run("config", "show", "--set", "irods.password=sesame");
        assertThat(result.code()).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(result.out()).contains("OMERODS_IRODS_PASSWORD").doesNotContain("sesame");
    }

    @Test
    void theDoctorFindsALoginThatWorks() throws Exception {
        List<String> arguments = mount();
        arguments.set(0, "doctor");
        Program.Result result = run(arguments.subList(0, arguments.size() - 2));
        assertThat(result.out()).contains("Ready to mount").contains("rods of zone tempZone");
        assertThat(result.code()).isZero();
    }
}
