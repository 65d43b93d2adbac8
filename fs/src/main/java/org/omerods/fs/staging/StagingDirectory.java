package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the staged files, held by one process at a time: for each file {@code N.journal} and {@code N.data}. It
 * belongs to one mounted place for good, since what is left in it must never be uploaded elsewhere.
 */
final class StagingDirectory implements AutoCloseable {
    private static final String LOCK_NAME = "lock";
    private static final String IDENTITY_NAME = "identity";
    private static final String JOURNAL = ".journal";
    private static final String DATA = ".data";

    private final Path directory;
    private final FileChannel lockChannel;

    private StagingDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the directory where it is missing, and locks it.
     *
     * @throws IOException when it cannot be written, another process holds it, or it is another place's
     */
    static StagingDirectory open(Path directory, String identity) throws IOException {
        // Bytes that not everybody may read: nobody else gets in.
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException("staging directory " + directory
                        + " is in use by another mount; stop that one or choose another directory");
            }
            StagingDirectory opened = new StagingDirectory(directory, channel);
            opened.identify(identity);
            return opened;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by another mount of this process
        }
    }

    private void identify(String identity) throws IOException {
        Path file = directory.resolve(IDENTITY_NAME);
        if (!Files.exists(file) || numbers().isEmpty()) {
            Files.writeString(file, identity);
            return;
        }
        String owner = Files.readString(file);
        if (!owner.equals(identity)) {
            throw new IOException("staging directory " + directory + " holds files that belong to " + owner
                    + ", not to " + identity + ": mount that once more to upload them, or choose another directory");
        }
    }

    Path journal(long number) {
        return directory.resolve(number + JOURNAL);
    }

    Path data(long number) {
        return directory.resolve(number + DATA);
    }

    /** Of all journals, in the order in which they were made. */
    List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + JOURNAL)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - JOURNAL.length());
                if (number.matches("[1-9][0-9]{0,17}")) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** Removes local bytes whose journal was removed: the process died in between. */
    void removeOrphans(List<Long> numbers) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + DATA)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - DATA.length());
                if (number.matches("[1-9][0-9]{0,17}") && !numbers.contains(Long.parseLong(number))) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
