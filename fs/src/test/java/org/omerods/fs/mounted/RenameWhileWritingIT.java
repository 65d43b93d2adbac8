package org.omerods.fs.mounted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.DataObject;
import org.omerods.storage.StoragePath;

/** A file gets another folder while a program writes it, which for the catalog is a change of its time. */
final class RenameWhileWritingIT {
    private static final FileTime BEFORE = FileTime.from(Instant.parse("2019-03-31T03:33:51Z"));

    @TempDir
    private Path scratch;

    @Test
    void aFileThatIsMovedWhileItIsWrittenIsUploadedAtItsNewPlace() throws Exception {
        try (WritableMount mount = WritableMount.open(scratch, "dev")) {
            Path old = mount.point().resolve("old");
            Path now = Files.createDirectory(mount.point().resolve("folder")).resolve("now");
            Files.createFile(old); // an object without bytes, as dd and shells make it first
            Files.setLastModifiedTime(old, BEFORE);
            try (FileChannel writer = FileChannel.open(old, StandardOpenOption.WRITE)) {
                writer.write(ByteBuffer.wrap("first second ".getBytes(UTF_8)), 0);
                Files.move(old, now);
                writer.write(ByteBuffer.wrap("third".getBytes(UTF_8)), 13);
                writer.force(true);
                assertThat(mount.irods().stat(StoragePath.of(WritableMount.HOME + "/folder/now")))
                        .isInstanceOfSatisfying(
                                DataObject.class,
                                object -> assertThat(object.size()).isEqualTo(18));
            }
            assertThat(now).hasContent("first second third");
        }
    }

    @Test
    void soIsOneThatReplacesAnother() throws Exception {
        try (WritableMount mount = WritableMount.open(scratch, "dev")) {
            Path old = mount.point().resolve("old");
            Path now = Files.createDirectory(mount.point().resolve("folder")).resolve("now");
            Files.createFile(old);
            Files.setLastModifiedTime(old, BEFORE);
            Files.writeString(now, "to be replaced");
            try (FileChannel writer = FileChannel.open(old, StandardOpenOption.WRITE)) {
                writer.write(ByteBuffer.wrap("first second".getBytes(UTF_8)), 0);
                Files.move(old, now, StandardCopyOption.REPLACE_EXISTING);
                writer.force(true);
            }
            assertThat(now).hasContent("first second");
            assertThat(old).doesNotExist();
        }
    }
}
