package org.omerods.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.dev.DevFuseDriver;

/** {@code omerods cache} as a user has it: processes of their own, a kernel mount of a local tree, a daemon that is killed. */
final class CacheCommandIT {
    private static final int PATIENCE_SECONDS = 60;
    private static final int SIZE = 5_000_000;

    @TempDir
    private Path scratch;

    private Path point = Path.of("");

    @BeforeEach
    void makeTree() throws Exception {
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        point = Files.createDirectory(scratch.resolve("mount"));
        Files.createDirectories(scratch.resolve("tree/slides"));
        byte[] bytes = new byte[SIZE];
        new Random(20261126).nextBytes(bytes);
        Files.write(scratch.resolve("tree/slides/a.svs"), bytes);
        Files.write(scratch.resolve("tree/slides/b.svs"), bytes);
    }

    @AfterEach
    void unmount() throws Exception {
        if (!point.toString().isEmpty() && MountTable.read().at(point).isPresent()) {
            run("unmount", "--lazy", point.toString());
        }
    }

    private Program.Result run(String... arguments) throws Exception {
        return new Program(scratch).run(arguments);
    }

    private void mount() throws Exception {
        Program.Result mounted = run("mount", "--daemon", "file:" + scratch.resolve("tree"), point.toString());
        assertThat(mounted.code()).as(mounted.out()).isZero();
    }

    /** Kills the daemon as the kernel does when memory is short, and waits until it is gone. */
    private void killDaemon() throws Exception {
        StateFolder folder = StateFolder.open(
                Map.of("OMERODS_STATE_DIR", scratch.resolve("state").toString()));
        long pid = new MountRegistry(folder).find(point).orElseThrow().pid();
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        assertThat(daemon.destroyForcibly()).isTrue();
        daemon.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void whatIsWarmedAndPinnedOutlivesTheDaemonAndCanBeCheckedAndDropped() throws Exception {
        mount();
        String slides = point.resolve("slides").toString();
        String a = point.resolve("slides/a.svs").toString();
        assertThat(run("cache", "warm", slides, "--json").out()).contains("\"bytes\":" + 2 * SIZE);
        assertThat(run("cache", "pin", a).code()).isZero();
        killDaemon();
        mount();
        Program.Result status = run("cache", "status", "--json");
        assertThat(status.out())
                .contains("\"cachedBytes\":" + SIZE, "\"path\":\"/slides/a.svs\"", "\"pinned\":true")
                .doesNotContain("\"cachedBytes\":0");
        damageOneByte();
        Program.Result verified = run("cache", "verify", "--json");
        assertThat(verified.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(verified.out()).contains("\"damagedBytes\":4096");
        assertThat(run("cache", "evict", slides).code()).isZero();
        assertThat(run("cache", "status", "--json").out()).contains("\"cachedBytes\":0");
        assertThat(run("cache", "gc").code()).isZero();
    }

    private void damageOneByte() throws Exception {
        try (Stream<Path> files = Files.walk(scratch.resolve("cache"))) {
            Path blocks = files.filter(file -> file.toString().endsWith(".blocks"))
                    .findAny()
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(blocks.toFile(), "rw")) {
                file.seek(1_000_000);
                int before = file.read();
                file.seek(1_000_000);
                file.write(before ^ 1);
            }
        }
    }

    @Test
    void aPathThatIsInNoMountIsRefusedWithARemedy() throws Exception {
        Program.Result refused = run("cache", "warm", scratch.toString());
        assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(refused.out()).contains("is in no mount of this user", "omerods status");
    }
}
