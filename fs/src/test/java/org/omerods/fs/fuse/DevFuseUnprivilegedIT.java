package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.fs.fuse.linux.Fusermount;
import org.omerods.fs.fuse.linux.Libc;

/** A user other than root mounts through fusermount3. The user is nobody, in a JVM of its own. */
final class DevFuseUnprivilegedIT {
    private static final String[] AS_NOBODY = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};

    @TempDir
    Path directory = Path.of("/nowhere");

    private Path mountPoint = Path.of("/nowhere");

    @BeforeEach
    void prepare() throws Exception {
        String unavailable = new DevFuseDriver().unavailableBecause();
        assumeTrue(unavailable.isEmpty(), () -> "needs the driver dev: " + unavailable);
        assumeTrue(Libc.effectiveUser() == 0, "needs root to become nobody");
        assumeTrue(Shell.has("setpriv"), "needs setpriv (package util-linux)");
        assumeTrue(Fusermount.ifPresent().isPresent(), "needs fusermount3 (package fuse3)");
        assumeTrue(
                Shell.run(asNobody("test", "-w", "/dev/fuse")).exit() == 0,
                "needs a /dev/fuse that users may open (mode 0666, as distributions have it)");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        mountPoint = Files.createDirectory(directory.resolve("mount"));
        Files.setAttribute(mountPoint, "unix:uid", 65534);
        copyClasses();
    }

    @AfterEach
    void unmount() throws Exception {
        if (MountTable.read().at(mountPoint).isPresent()) {
            Shell.run("umount", "-l", mountPoint.toString());
        }
    }

    @Test
    void userMountsReadsAndUnmounts() throws Exception {
        Process daemon = start("dev", mountPoint.toString());
        assertThat(daemon.inputReader().readLine()).isEqualTo("mounted");

        assertThat(Shell.check(asNobody("cat", mountPoint + "/a"))).isEqualTo(KilledDaemon.CONTENT);
        assertThat(MountTable.read().at(mountPoint)).hasValueSatisfying(entry -> {
            assertThat(entry.isOmerods()).isTrue();
            assertThat(entry.source()).isEqualTo("killed, daemon");
        });
        Shell.check(asNobody("fusermount3", "-u", mountPoint.toString()));

        assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon.exitValue()).isZero();
    }

    @Test
    void staleMountOfAUserIsCleanedByThatUser() throws Exception {
        Process killed = start("dev", mountPoint.toString());
        assertThat(killed.inputReader().readLine()).isEqualTo("mounted");
        killed.destroyForcibly().waitFor();

        Process daemon = start("dev", mountPoint.toString());

        assertThat(daemon.inputReader().readLine()).isEqualTo("mounted");
        Shell.check(asNobody("fusermount3", "-u", mountPoint.toString()));
        assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void allowOtherIsRefusedWithTheRemedy() throws Exception {
        Path configuration = Path.of("/etc/fuse.conf");
        assumeTrue(
                !Files.exists(configuration)
                        || Files.readAllLines(configuration).stream().noneMatch("user_allow_other"::equals),
                "needs /etc/fuse.conf without user_allow_other");

        Process daemon = start("dev", mountPoint.toString(), "allow-other");

        assertThat(new String(daemon.getErrorStream().readAllBytes(), UTF_8))
                .contains(mountPoint.toString())
                .contains("have root add the line user_allow_other to /etc/fuse.conf");
        assertThat(daemon.waitFor()).isNotZero();
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(asNobody(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        directory + "/classes/*" + File.pathSeparator + classDirectories(),
                                        KilledDaemon.class.getName()),
                                Stream.of(arguments))
                        .toArray(String[]::new)))
                .start();
    }

    private static String[] asNobody(String... command) {
        return Stream.concat(Stream.of(AS_NOBODY), Stream.of(command)).toArray(String[]::new);
    }

    private String classDirectories() throws IOException {
        try (Stream<Path> children = Files.list(directory.resolve("classes"))) {
            List<String> directories =
                    children.filter(Files::isDirectory).map(Path::toString).toList();
            return String.join(File.pathSeparator, directories);
        }
    }

    /** What the child needs of the class path, where nobody may read it: the build may lie in root's home. */
    private void copyClasses() throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> copied = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(element).getFileName().toString();
            boolean ours = Files.isDirectory(Path.of(element)) || name.startsWith("storage") || name.startsWith("fs-");
            if (ours || name.startsWith("slf4j-api") || name.startsWith("jspecify")) {
                String copy = classes.resolve(copied.size() + "-" + name).toString();
                Shell.check("cp", "-r", element, copy);
                copied.add(copy);
            }
        }
        Shell.check("chmod", "-R", "a+rX", classes.toString());
    }
}
