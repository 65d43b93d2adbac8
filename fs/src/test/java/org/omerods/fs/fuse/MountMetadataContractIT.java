package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.Errno;
import org.omerods.storage.NameCodec;

/** What programs see of names, attributes and errors through a mount, whatever driver serves it. */
abstract class MountMetadataContractIT extends MountedTest {
    /** Whether a name that is not UTF-8 comes back from the kernel as it went there. */
    boolean opensNamesThatAreNotUtf8() {
        return true;
    }

    @Test
    void oddNamesAreListedAndOpened() throws Exception {
        byte[] broken = {'x', (byte) 0xff, (byte) 0xc3, 'y'};
        List<String> names = List.of(
                "with 'quotes' \"double\"",
                "new\nline",
                "tab\tback\\slash %_*?[",
                "\u00e4\u00f6\u65e5\u672c\ud83d\udd2c",
                "-rf",
                "a".repeat(255),
                NameCodec.decode(broken));
        for (String name : names) {
            filesystem.file(filesystem.root, name, NameCodec.encode(name));
        }
        mount();

        String listed = Shell.run("find", mountPoint.toString(), "-type", "f", "-printf", "%f\\0")
                .output();
        List<String> expected = names.stream()
                .map(name -> new String(NameCodec.encode(name), ISO_8859_1))
                .toList();
        assertThat(listed.split("\0")).containsExactlyInAnyOrderElementsOf(expected);
        // each file holds its own name
        for (String name : names) {
            if (opensNamesThatAreNotUtf8() || name.codePoints().noneMatch(c -> c >= 0xdc80 && c <= 0xdcff)) {
                assertThat(contentOf(name)).as("%s", name).isEqualTo(new String(NameCodec.encode(name), ISO_8859_1));
            }
        }
    }

    /** By a shell that makes the name from its bytes: the JVM's own idea of names depends on the locale. */
    private String contentOf(String name) throws Exception {
        StringBuilder octal = new StringBuilder();
        for (byte b : NameCodec.encode(name)) {
            octal.append("\\0%03o".formatted(b & 0xff));
        }
        return Shell.check("sh", "-c", "cat \"$1/$(printf %b \"$2\")\"", "sh", mountPoint.toString(), octal.toString());
    }

    @Test
    void missingNameIsNotFoundAndRemembered() throws IOException {
        mount();

        assertThat(Files.exists(mountPoint.resolve("missing"))).isFalse();
        long lookups = filesystem.count("lookup");
        assertThat(Files.exists(mountPoint.resolve("missing"))).isFalse();

        assertThat(filesystem.count("lookup")).isEqualTo(lookups);
    }

    @Test
    void attributesAreThoseOfTheFilesystem() throws IOException {
        FakeNode folder = filesystem.directory(filesystem.root, "folder");
        FakeNode file = filesystem.file(folder, "a", content(1234));
        mount();

        Path path = mountPoint.resolve("folder/a");
        assertThat(Files.size(path)).isEqualTo(1234);
        assertThat(Files.getLastModifiedTime(path).toInstant()).isEqualTo(FakeFilesystem.MODIFIED);
        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(file.inode);
        assertThat((int) Files.getAttribute(path, "unix:mode")).isEqualTo(0100444);
        assertThat((int) Files.getAttribute(path.getParent(), "unix:mode")).isEqualTo(040555);
    }

    @Test
    void extendedAttributesAreReadWhateverTheirSize() throws IOException {
        FakeNode file = filesystem.file(filesystem.root, "a", content(1));
        byte[] large = content(20_000);
        file.extended.put("user.irods.path", "/tempZone/home/a".getBytes(UTF_8));
        file.extended.put("user.large", large);
        file.extended.put("user.empty", new byte[0]);
        mount();

        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(mountPoint.resolve("a"), UserDefinedFileAttributeView.class);
        assertThat(view.list()).containsExactly("empty", "irods.path", "large");
        ByteBuffer value = ByteBuffer.allocate(view.size("large"));
        view.read("large", value);
        assertThat(value.array()).isEqualTo(large);
        assertThat(view.size("empty")).isZero();
        assertThatThrownBy(() -> view.read("irods.path", ByteBuffer.allocate(3)))
                .hasMessageContaining("Insufficient space");
        assertThatThrownBy(() -> view.size("missing")).hasMessageContaining("No data available");
    }

    @Test
    void extendedAttributesAreShownByGetfattr() throws Exception {
        assumeTrue(Shell.has("getfattr"), "needs getfattr (package attr)");
        FakeNode file = filesystem.file(filesystem.root, "a", content(1));
        file.extended.put("user.irods.avu.stain", "H&E".getBytes(UTF_8));
        mount();

        assertThat(Shell.check("getfattr", "-d", mountPoint.resolve("a").toString()))
                .contains("user.irods.avu.stain=\"H&E\"");
    }

    @Test
    void filesystemStatisticsAreShown() throws Exception {
        mount();

        assertThat(Shell.check("stat", "-f", "-c", "%s %b %f %a %c %d %l", mountPoint.toString())
                        .strip())
                .isEqualTo("4096 1000 400 400 77 66 255");
    }

    @Test
    void everyWriteIsRefusedAsReadOnly() throws Exception {
        filesystem.file(filesystem.root, "a", content(10));
        filesystem.directory(filesystem.root, "d");
        mount();
        String a = mountPoint.resolve("a").toString();
        String fresh = mountPoint.resolve("fresh").toString();

        for (String[] command : new String[][] {
            {"touch", a},
            {"touch", fresh},
            {"mkdir", fresh},
            {"rm", "-f", a},
            {"rmdir", mountPoint.resolve("d").toString()},
            {"mv", a, fresh},
            {"truncate", "-s", "0", a},
            {"ln", a, fresh},
            {"ln", "-s", a, fresh},
            {"chmod", "600", a},
            {"mkfifo", fresh},
            {"sh", "-c", "echo x >> \"$1\"", "sh", a}
        }) {
            Shell.Outcome outcome = Shell.run(command);
            assertThat(outcome.exit()).as("%s", List.of(command)).isNotZero();
            assertThat(outcome.complaints()).as("%s", List.of(command)).contains("Read-only file system");
        }
    }

    @Test
    void accessIsAllowedForReadingOnly() throws IOException {
        filesystem.file(filesystem.root, "a", content(10));
        mount();

        assertThat(Files.isReadable(mountPoint.resolve("a"))).isTrue();
        assertThat(Files.isWritable(mountPoint.resolve("a"))).isFalse();
    }

    @Test
    void errorsReachTheProgramAsTheyAre() throws IOException {
        for (Errno errno : Errno.values()) {
            filesystem.lookupFailures.put("refused-" + errno, errno);
        }
        mount();

        for (Errno errno : Errno.values()) {
            // ESTALE makes the kernel look once more, and then is the answer
            assertThat(Libc.exists(mountPoint + "/refused-" + errno))
                    .as("%s", errno)
                    .isEqualTo(-errno.number());
        }
    }

    @Test
    void handlesAreReleased() throws IOException {
        filesystem.file(filesystem.root, "a", content(10));
        mount();

        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(mountPoint.toFile().list()).containsExactly("a");

        await().until(() -> filesystem.handles.isEmpty());
    }

    @Test
    void forgottenReferencesReturnToZero() throws Exception {
        FakeNode folder = filesystem.directory(filesystem.root, "folder");
        for (int i = 0; i < 500; i++) {
            filesystem.file(folder, "f" + i, content(10));
        }
        mount();
        Shell.check("ls", "-lR", mountPoint.toString());
        Files.readAllBytes(mountPoint.resolve("folder/f7"));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            dropKernelCaches();
            return filesystem.heldReferences() == 0;
        });
        assertThat(filesystem.references.values()).allMatch(count -> count.get() == 0);
    }
}
