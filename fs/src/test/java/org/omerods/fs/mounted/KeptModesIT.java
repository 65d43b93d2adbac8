package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.Avu;
import org.omerods.storage.StoragePath;

/** {@code mount.ownership keep} as programs meet it. */
final class KeptModesIT {
    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void programsStayProgramsAfterACopyAnArchiveAndARemount(String driver) throws Exception {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        make(tree.resolve("run"), "#!/bin/sh\necho works\n", "rwxr-xr-x");
        make(tree.resolve("secret"), "x", "rw-------");
        make(tree.resolve("text"), "x", "rw-r--r--");
        String archive = scratch.resolve("a.tar").toString();
        Programs.output("tar", "-C", tree.toString(), "-cf", archive, ".");
        List<String> modes = List.of("run 755", "secret 600", "text 644");
        try (WritableMount mount = WritableMount.openKeepingModes(scratch, driver)) {
            Path unpacked = Files.createDirectory(mount.point().resolve("unpacked"));
            Programs.output("tar", "-C", unpacked.toString(), "-xpf", archive);
            Programs.output(
                    "cp", "-a", tree.toString(), mount.point().resolve("copied").toString());
            assertThat(modesIn(unpacked)).isEqualTo(modes);
            assertThat(modesIn(mount.point().resolve("copied"))).isEqualTo(modes);
            assertThat(Programs.output(unpacked.resolve("run").toString())).isEqualTo("works\n");
            StoragePath run = StoragePath.of(WritableMount.HOME + "/unpacked/run");
            assertThat(mount.irods().avus().list(run)).containsExactly(new Avu("omerods:mode", "0755", ""));
            assertThat(mount.irods().avus().list(StoragePath.of(WritableMount.HOME + "/copied/text")))
                    .isEmpty();
        }
        try (WritableMount mount = WritableMount.openKeepingModes(scratch, driver)) {
            assertThat(modesIn(mount.point().resolve("unpacked"))).isEqualTo(modes);
            String run = mount.point().resolve("copied/run").toString();
            Programs.output("test", "-x", run);
            assertThat(Programs.output(run)).isEqualTo("works\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void aTreeHasItsModesAfterACopyAnArchiveAndARemount(String driver) throws Exception {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        for (String name : List.of("shared/deeper", "private", "read-only")) {
            Files.createDirectories(tree.resolve(name));
        }
        make(tree.resolve("read-only/file"), "x", "r--r--r--");
        for (String change : List.of("775 shared", "711 shared/deeper", "700 private", "555 read-only", "750 .")) {
            String[] words = change.split(" ");
            Programs.output("chmod", words[0], tree.resolve(words[1]).toString());
        }
        String archive = scratch.resolve("a.tar").toString();
        Programs.output("tar", "-C", tree.toString(), "-cf", archive, ".");
        String modes = allModesIn(tree);
        try (WritableMount mount = WritableMount.openKeepingModes(scratch, driver)) {
            Path unpacked = Files.createDirectory(mount.point().resolve("unpacked"));
            Programs.output("tar", "-C", unpacked.toString(), "-xpf", archive);
            Programs.output(
                    "cp", "-a", tree.toString(), mount.point().resolve("copied").toString());
            Programs.output("mkdir", "-m", "2770", mount.point().resolve("made").toString());
            assertThat(allModesIn(unpacked)).isEqualTo(modes);
            assertThat(allModesIn(mount.point().resolve("copied"))).isEqualTo(modes);
            assertThat(mount.irods().avus().list(StoragePath.of(WritableMount.HOME + "/made")))
                    .containsExactly(new Avu("omerods:mode", "0770", ""));
        }
        try (WritableMount mount = WritableMount.openKeepingModes(scratch, driver)) {
            assertThat(allModesIn(mount.point().resolve("unpacked"))).isEqualTo(modes);
            Programs.output(
                    "mv",
                    mount.point().resolve("copied").toString(),
                    mount.point().resolve("moved").toString());
            assertThat(allModesIn(mount.point().resolve("moved"))).isEqualTo(modes);
        }
    }

    /** Of a directory and all that is in it. */
    private static String allModesIn(Path directory) throws Exception {
        return Programs.output("sh", "-c", "cd \"$1\" && find . -printf '%m %p\\n' | sort", "sh", directory.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void aModeIsSetOnWhatIsOpenAndOnWhatIsNot(String driver) throws Exception {
        Programs.require("python3");
        String script = """
                import os, sys
                os.umask(0o022)
                name = sys.argv[1]
                mode = lambda: oct(os.stat(name).st_mode & 0o7777)
                fd = os.open(name, os.O_CREAT | os.O_RDWR, 0o700)
                print(mode())
                os.write(fd, b"content")
                os.fchmod(fd, 0o640)
                print(mode())
                os.close(fd)
                print(mode())
                os.chmod(name, 0o4755)
                print(mode())
                os.chmod(name, 0o644)
                print(mode())
                """;
        Path file = Files.writeString(scratch.resolve("modes.py"), script);
        try (WritableMount mount = WritableMount.openKeepingModes(scratch, driver)) {
            String name = mount.point().resolve("a").toString();
            assertThat(Programs.output("python3", file.toString(), name))
                    .isEqualTo("0o700\n0o640\n0o640\n0o755\n0o644\n");
            assertThat(mount.irods().avus().list(StoragePath.of(WritableMount.HOME + "/a")))
                    .isEmpty();
        }
    }

    private static void make(Path file, String text, String permissions) throws Exception {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString(permissions));
    }

    private static List<String> modesIn(Path directory) throws Exception {
        return Programs.output("sh", "-c", "cd \"$1\" && stat -c '%n %a' *", "sh", directory.toString())
                .lines()
                .toList();
    }
}
