package org.omerods.fs.mounted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.DataObject;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/**
 * What an OMERO server and an importer in another process do to a managed repository, step by step, each as on a local
 * disk: start, import by upload, import in place, deletion, shutdown.
 */
final class ImageRepositoryIT {
    /** What OMERO's clients upload in one call. */
    private static final int BLOCK_BYTES = 5_000_000;

    private static final String TRY_LOCK = """
            import fcntl, sys
            with open(sys.argv[1], 'r+') as file:
                try:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    print('free')
                except OSError:
                    print('locked')
            """;

    private static final String IMPORTER_CHECK = """
            import os, sys
            path, expected = sys.argv[1], sys.argv[2]
            assert os.path.exists(path) and os.access(path, os.R_OK)
            assert open(path).read() == expected, 'not what the server wrote'
            assert os.access(path, os.W_OK)
            os.unlink(path)
            assert not os.path.exists(path)
            os.symlink(sys.argv[3], path)
            """;

    @TempDir
    private Path scratch;

    private File managed = new File("/nowhere");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "jnr"})
    void everyStepOfARepositorysLifeIsAsOnALocalDisk(String driver) throws Exception {
        Programs.require("python3");
        try (WritableMount mount = WritableMount.open(scratch, driver)) {
            managed = mount.point().resolve("ManagedRepository").toFile();
            isFoundWritable();
            Path inside = mount.point().resolve("ManagedRepository/.omero/repository/" + UUID.randomUUID());
            try (RandomAccessFile lockFile = line(inside, ".lock");
                    FileLock lock = lockFile.getChannel().lock()) {
                assertThat(lock.isValid()).isTrue();
                assertThat(Programs.output(
                                "python3",
                                "-c",
                                TRY_LOCK,
                                inside.resolve(".lock").toString()))
                        .isEqualTo("locked\n");
                lockFile.writeUTF("Wed Nov 25 23:00:00 UTC 2026");
                repositoryIdIsReadOrMade(inside);
                Path fileset = Path.of(managed.getPath(), "alice_2", "2026-11", "25", "23-00-00.000");
                assertThat(fileset.toFile().exists()).isFalse();
                assertThat(fileset.toFile().mkdirs()).isTrue();
                importByUpload(mount, fileset);
                importInPlace(mount, fileset, scratch.resolve("outside.tiff"));
                importInPlace(mount, fileset, mount.point().resolve("slides/inside.tiff"));
            }
            assertThat(Programs.output(
                            "python3", "-c", TRY_LOCK, inside.resolve(".lock").toString()))
                    .isEqualTo("free\n");
            assertThat(inside.resolve(".lock").toFile().delete()).isTrue();
            assertThat(mount.filesystem().staging().orElseThrow().status().files())
                    .isZero();
        }
    }

    /** Each of three processes of the server makes a file of its own, removes it, and lists the root. */
    private void isFoundWritable() throws Exception {
        assertThat(managed.mkdirs()).isTrue();
        for (int process = 0; process < 3; process++) {
            File probe = File.createTempFile("test.", ".tmp", managed);
            assertThat(probe.canWrite()).isTrue();
            assertThat(probe.delete()).isTrue();
            assertThat(Programs.output("ls", "-a", managed.getPath())).isEqualTo(".\n..\n");
        }
        assertThat(managed.list()).isEmpty();
    }

    private static RandomAccessFile line(Path directory, String name) throws IOException {
        assertThat(directory.toFile().exists() || directory.toFile().mkdirs()).isTrue();
        return new RandomAccessFile(directory.resolve(name).toFile(), "rw");
    }

    private static void repositoryIdIsReadOrMade(Path inside) throws IOException {
        String id = UUID.randomUUID().toString();
        try (RandomAccessFile file = line(inside, "repo_uuid")) {
            try {
                file.readUTF();
                throw new AssertionError("a new file holds something");
            } catch (EOFException _) {
                file.writeUTF(id);
            }
        }
        try (RandomAccessFile file = line(inside, "repo_uuid")) {
            assertThat(file.readUTF()).isEqualTo(id);
        }
    }

    private void importByUpload(WritableMount mount, Path fileset) throws Exception {
        File log = new File(fileset + ".log");
        byte[] slide = new byte[2 * BLOCK_BYTES + 12_345];
        new Random(5).nextBytes(slide);
        Path target = fileset.resolve("slide.tiff");
        try (FileOutputStream appender = new FileOutputStream(log)) {
            log(appender, log, 0, 800);
            try (RandomAccessFile upload = new RandomAccessFile(target.toFile(), "rw")) {
                upload.getChannel().write(ByteBuffer.allocate(0), 0);
                for (int at = 0; at < slide.length; at += BLOCK_BYTES) {
                    ByteBuffer block = ByteBuffer.wrap(slide, at, Math.min(BLOCK_BYTES, slide.length - at));
                    upload.getChannel().write(block, at);
                }
                upload.getChannel().force(true);
                assertThat(Arrays.equals(Files.readAllBytes(target), slide))
                        .as("read again while open")
                        .isTrue();
                assertThat(target.toFile().length()).isEqualTo(slide.length);
            }
            long modified = target.toFile().lastModified();
            assertThat(Arrays.equals(Files.readAllBytes(target), slide)).isTrue();
            assertThat(target.toFile().lastModified()).as("a time that stays").isEqualTo(modified);
            DataObject stored = (DataObject) mount.irods().stat(inIrods(mount, target));
            assertThat(stored.size()).isEqualTo(slide.length);
            assertThat(stored.version().checksum()).startsWith("sha2:");
            assertThat(target.toFile().delete()).isTrue();
            assertThat(log.delete()).as("while its appender is open").isTrue();
            appender.write("still written\n".getBytes(UTF_8));
            assertThat(fileset.toFile().list()).isEmpty();
            assertThat(fileset.resolve("..").toFile().list())
                    .containsExactly(fileset.toFile().getName());
        }
        assertThat(log.exists()).isFalse();
    }

    private static void log(FileOutputStream appender, File log, int from, int to) throws IOException {
        long length = log.length();
        for (int i = from; i < to; i++) {
            byte[] event = "event %d of the import\n".formatted(i).getBytes(UTF_8);
            appender.write(event);
            length += event.length;
            assertThat(log.length()).as("while it is open").isEqualTo(length);
        }
    }

    private void importInPlace(WritableMount mount, Path fileset, Path source) throws Exception {
        Files.createDirectories(source.getParent());
        byte[] bytes = new byte[300_000];
        new Random(6).nextBytes(bytes);
        Files.write(source, bytes);
        Path target = fileset.resolve("linked.tiff");
        assertThat(target.toFile().exists()).isFalse();
        String id = UUID.randomUUID().toString();
        try (RandomAccessFile check = new RandomAccessFile(target.toFile(), "rw")) {
            check.getChannel().write(ByteBuffer.wrap(id.getBytes(UTF_8)), 0);
            check.getChannel().force(true);
        }
        assertThat(target.toFile().length()).isEqualTo(id.length());
        Programs.output("python3", "-c", IMPORTER_CHECK, target.toString(), id, source.toString());
        try (RandomAccessFile linked = new RandomAccessFile(target.toFile(), "r")) {
            assertThat(linked.length()).isEqualTo(bytes.length);
        }
        assertThat(Arrays.equals(Files.readAllBytes(target), bytes)).isTrue();
        assertThat(mount.irods().stat(inIrods(mount, target)))
                .isInstanceOfSatisfying(
                        SymbolicLink.class, link -> assertThat(link.target()).isEqualTo(source.toString()));
        assertThat(target.toFile().delete()).isTrue();
        assertThat(source.toFile().length()).as("only the link goes").isEqualTo(bytes.length);
    }

    private static StoragePath inIrods(WritableMount mount, Path path) {
        return StoragePath.of(WritableMount.HOME + "/" + mount.point().relativize(path));
    }
}
