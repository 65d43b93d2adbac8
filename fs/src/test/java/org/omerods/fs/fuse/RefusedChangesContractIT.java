package org.omerods.fs.fuse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Filesystem;

/** What programs are told of changes that cannot be, whatever driver serves the mount. */
abstract class RefusedChangesContractIT extends MountedTest {
    private static final MountOptions WRITABLE = MountOptions.of("fake").writable();

    private static final Set<String> CHANGES = Set.of(
            "create",
            "write",
            "change",
            "makeDirectory",
            "removeFile",
            "removeDirectory",
            "rename",
            "makeLink",
            "setExtendedAttribute",
            "removeExtendedAttribute");

    @BeforeEach
    void fill() {
        filesystem.file(filesystem.root, "file", content(100)).extended.put("user.irods.avu.a", new byte[] {1});
        filesystem.directory(filesystem.root, "folder");
    }

    @Test
    void aReadOnlyMountAnswersErofs() throws IOException {
        mount();
        assertAllFail("Read-only file system");
    }

    @Test
    void aFilesystemThatOnlyReadsAnswersErofsOnAWritableMountToo() throws IOException {
        mount(filesystem, WRITABLE);
        assertAllFail("Read-only file system");
    }

    @Test
    void aMistakeInAChangeIsEioAndNotSuccess() throws IOException {
        Filesystem failing = (Filesystem) Proxy.newProxyInstance(
                Filesystem.class.getClassLoader(), new Class<?>[] {Filesystem.class}, (_, method, arguments) -> {
                    if (CHANGES.contains(method.getName())) {
                        throw new IllegalStateException("a mistake in " + method.getName());
                    }
                    if (method.getName().equals("open")) {
                        arguments[2] = 0; // the fake opens nothing for writing, so that no write would come
                    }
                    return method.invoke(filesystem, arguments);
                });
        mount(failing, WRITABLE);
        assertAllFail("Input/output error");
    }

    private void assertAllFail(String reason) {
        changes()
                .forEach((name, change) -> assertThatThrownBy(change)
                        .as(name)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(reason));
    }

    private Map<String, ThrowingCallable> changes() {
        Path file = mountPoint.resolve("file");
        Path folder = mountPoint.resolve("folder");
        Path fresh = mountPoint.resolve("new");
        Map<String, ThrowingCallable> changes = new LinkedHashMap<>();
        changes.put("create", () -> Files.createFile(fresh));
        changes.put("write", () -> write(file));
        changes.put("mkdir", () -> Files.createDirectory(fresh));
        changes.put("unlink", () -> Files.delete(file));
        changes.put("rmdir", () -> Files.delete(folder));
        changes.put("rename", () -> Files.move(file, fresh));
        changes.put("symlink", () -> Files.createSymbolicLink(fresh, Path.of("file")));
        changes.put("chmod", () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")));
        changes.put("chown", () -> Files.setAttribute(file, "unix:uid", 1));
        changes.put("utimens", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
        changes.put("setxattr", () -> Files.setAttribute(file, "user:irods.avu.b", ByteBuffer.allocate(1)));
        changes.put(
                "removexattr",
                () -> Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                        .delete("irods.avu.a"));
        changes.put("truncate", () -> truncate(file));
        return changes;
    }

    private static void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(10), 0);
        }
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(3);
        }
    }
}
