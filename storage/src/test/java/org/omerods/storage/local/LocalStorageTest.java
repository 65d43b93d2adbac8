package org.omerods.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.testing.StorageContractTest;

final class LocalStorageTest extends StorageContractTest {
    @TempDir
    private Path directory;

    @Override
    protected Storage open() throws Exception {
        Files.createDirectory(directory.resolve("base"));
        return new LocalStorage(directory);
    }

    @Override
    protected StoragePath base() {
        return StoragePath.of("/base");
    }

    @Override
    protected boolean holdsAvus() {
        return false;
    }

    @Override
    protected boolean holdsNamesThatAreNotUtf8() {
        return true;
    }

    @Override
    protected boolean keepsTheIdOnReplacement() {
        return false;
    }

    @Test
    void aPathIsAsLongAsTheOperatingSystemTakes() throws Exception {
        StoragePath deep = base();
        while (deep.byteLength() + 250 < storage.maxPathBytes()) {
            deep = deep.child("ü".repeat(100));
            storage.createCollection(deep);
        }
        StoragePath longest = deep.child("x".repeat(storage.maxPathBytes() - deep.byteLength() - 1));
        storage.createLink(longest, "target");
        assertThat(storage.stat(longest)).isInstanceOf(SymbolicLink.class);
        StoragePath tooLong = deep.child(longest.name() + "x");
        assertThatThrownBy(() -> storage.createLink(tooLong, "target"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        problem -> assertThat(problem.reason()).isEqualTo(StorageException.Reason.NAME_TOO_LONG));
    }

    @Test
    void specialFilesAreReportedAndLinksNotFollowed() throws Exception {
        Files.writeString(directory.resolve("secret"), "outside of base");
        Files.createSymbolicLink(directory.resolve("base/link"), directory.resolve("secret"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("base/socket")));
            assertThat(storage.list(base()).entries()).singleElement().isInstanceOf(SymbolicLink.class);
            assertThat(storage.list(base()).problems())
                    .singleElement()
                    .asString()
                    .contains("/base/socket");
            assertThatThrownBy(() -> storage.stat(at("socket"))).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void aShortenedFileIsStaleAndNotZeroFilled() throws Exception {
        DataObject object = put(at("a"), randomBytes(1000));
        try (ObjectReader reader = storage.open(object)) {
            Files.write(directory.resolve("base/a"), new byte[10]);
            assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(1000), ObjectReader.Priority.DEMAND))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("shortened");
        }
    }

    @Test
    void aFileInsteadOfADirectoryIsRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> new LocalStorage(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void unfinishedWritesAreNotListed() throws Exception {
        try (var writer = storage.write(at("a"), Storage.WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[10]));
            assertThat(storage.list(base()).entries()).isEmpty();
        }
        assertThat(directory.resolve("base")).isEmptyDirectory();
    }
}
