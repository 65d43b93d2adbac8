package org.omerods.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** One mount for all tests, used by programs of several users of this machine; needs to be root, who can be anybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SeveralUsersIT {
    private static final int ALICE = 41_001;
    private static final int RODS = 41_002;
    private static final int NOBODY = 41_003;

    private final Path scratch;
    private final EmbeddedZone zone;
    private final Path point;

    SeveralUsersIT(@TempDir Path scratch) throws IOException {
        this.scratch = scratch;
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        assumeTrue("root".equals(System.getProperty("user.name")), "not root: cannot run programs as other users");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectory(scratch.resolve("zone"))));
        point = Files.createTempDirectory(Path.of("/tmp"), "omerods-mnt");
    }

    @BeforeAll
    void mount() throws Exception {
        Files.writeString(scratch.resolve("password"), "rods\n");
        zone.admin().putBytes("/tempZone/home/rods/private", "of rods".getBytes(UTF_8));
        zone.admin().putBytes("/tempZone/home/rods/shared", "for alice, too".getBytes(UTF_8));
        zone.admin().grant("/tempZone/home/rods", "alice", "read_object");
        zone.admin().grant("/tempZone/home/rods/shared", "alice", "read_object");
        Program.Result mounted = program()
                .run(Program.login(
                        "mount",
                        zone,
                        scratch.resolve("password"),
                        "--daemon",
                        "--allow-other",
                        "--set",
                        "mount.users=" + ALICE + "=alice," + RODS + "=rods",
                        "/tempZone/home",
                        point.toString()));
        assertThat(mounted.code()).as(mounted.out()).isZero();
    }

    @AfterAll
    void unmount() throws Exception {
        if (MountTable.read().at(point).isPresent()) {
            program().run("unmount", "--lazy", point.toString());
        }
        zone.close();
        Files.deleteIfExists(point);
    }

    private Program program() {
        return new Program(scratch);
    }

    /** What a shell of that user makes of a command. */
    private Program.Result as(int uid, String command) throws Exception {
        return Program.run(new ProcessBuilder(
                        "/usr/bin/setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "sh", "-c", command)
                .directory(point.toFile().getParentFile()));
    }

    @Test
    void eachUserReadsWhatIrodsLetsHimRead() throws Exception {
        assertThat(as(RODS, "cat " + point + "/rods/private").out()).isEqualTo("of rods");
        assertThat(as(ALICE, "cat " + point + "/rods/shared").out()).isEqualTo("for alice, too");
        for (int i = 0; i < 2; i++) {
            assertThat(as(ALICE, "cat " + point + "/rods/private").code()).isNotZero();
            assertThat(as(ALICE, "stat " + point + "/rods/private").code()).isNotZero();
            assertThat(as(ALICE, "ls " + point + "/rods").out()).isEqualTo("shared\n");
            assertThat(as(RODS, "ls " + point + "/rods").out()).isEqualTo("private\nshared\n");
        }
    }

    /** What one user reads fills the cache of all, and is given to those alone whom iRODS lets open the object. */
    @Test
    void cachedBytesAreSharedByThoseWhomIrodsLetsRead() throws Exception {
        byte[] bytes = "of rods, for a while for alice".repeat(10_000).getBytes(UTF_8);
        for (String name : List.of("lent", "kept")) {
            zone.admin().putBytes("/tempZone/home/rods/" + name, bytes);
            zone.admin().grant("/tempZone/home/rods/" + name, "alice", "read_object");
        }
        String digest = as(RODS, "sha256sum < " + point + "/rods/lent && cat " + point + "/rods/kept > /dev/null")
                .out();
        JsonNode before = blocks();
        assertThat(as(ALICE, "sha256sum < " + point + "/rods/lent").out()).isEqualTo(digest);
        assertThat(blocks().path("demandBytes").asLong()
                        - before.path("demandBytes").asLong())
                .as("fetched for alice")
                .isZero();
        assertThat(as(ALICE, "stat " + point + "/rods/kept").code()).isZero();
        zone.admin().grant("/tempZone/home/rods/kept", "alice", "null");
        Program.Result refused = as(ALICE, "cat " + point + "/rods/kept");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.out())
                .as("to her the object is gone")
                .contains("Stale file handle")
                .doesNotContain("of rods");
        assertThat(as(RODS, "sha256sum < " + point + "/rods/kept").out()).isEqualTo(digest);
        assertThat(program().run("cache", "status", point.toString()).out()).contains("lent");
        assertThat(as(RODS, "rm " + point + "/rods/lent " + point + "/rods/kept")
                        .code())
                .isZero();
    }

    private JsonNode blocks() throws Exception {
        Program.Result status = program().run("status", "--json", point.toString());
        String json = status.out()
                .lines()
                .dropWhile(line -> !line.matches("\\[ ?\\{.*"))
                .collect(Collectors.joining("\n"));
        JsonNode found = new ObjectMapper().readTree(json).findValue("blocks");
        assertThat(found).as(status.out()).isNotNull();
        return found;
    }

    @Test
    void whatAUserWritesIsHisInIrods() throws Exception {
        Program.Result written = as(ALICE, "echo mine > " + point + "/alice/note && cat " + point + "/alice/note");
        assertThat(written.out()).isEqualTo("mine\n");
        assertThat(as(ALICE, "getfattr -n user.irods.owner --only-values " + point + "/alice/note")
                        .out())
                .contains("alice");
        for (String change : List.of("echo no > ", "echo no >> ", "truncate -s 0 ", "touch -d 2001-01-01 ")) {
            Program.Result refused = as(ALICE, change + point + "/rods/shared");
            assertThat(refused.code()).as(change + refused.out()).isNotZero();
            assertThat(refused.out()).contains("Permission denied");
        }
        assertThat(as(ALICE, "touch " + point + "/rods/new").out()).contains("Permission denied");
        assertThat(as(ALICE, "rm -f " + point + "/rods/shared").code()).isNotZero();
        assertThat(as(RODS, "cat " + point + "/rods/shared").out()).isEqualTo("for alice, too");
    }

    @Test
    void aUserWithoutACounterpartIsRefused() throws Exception {
        assertThat(as(RODS, "cat " + point + "/rods/shared").code()).isZero();
        Program.Result refused = as(NOBODY, "cat " + point + "/rods/shared");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.out()).contains("Permission denied");
        assertThat(as(NOBODY, "touch " + point + "/x").out()).contains("Permission denied");
    }
}
