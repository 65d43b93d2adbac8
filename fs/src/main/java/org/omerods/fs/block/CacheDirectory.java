package org.omerods.fs.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the block files, held by one process at a time. What an earlier process left is removed at the start:
 * without an index and checksums nobody can say which of those bytes are right.
 */
final class CacheDirectory implements AutoCloseable {
    private static final String LOCK_NAME = "lock";
    private static final List<String> SUFFIXES = List.of(".blocks", AttachmentFiles.SUFFIX, ".part");

    private final Path directory;
    private final FileChannel lockChannel;
    private final AtomicLong generation = new AtomicLong();

    private CacheDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the directory where it is missing, locks and empties it.
     *
     * @throws IOException when it cannot be written, or another process holds it
     */
    static CacheDirectory open(Path directory) throws IOException {
        // Bytes of objects that not everybody may read: nobody else gets in.
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException("cache directory " + directory
                        + " is in use by another mount; stop that one or choose another directory");
            }
            CacheDirectory opened = new CacheDirectory(directory, channel);
            opened.removeFiles();
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
            return null; // held by another cache of this process
        }
    }

    /** A name that was not used yet: a version that comes back after its file was dropped gets a new one. */
    Path newFile(ContentKey key) {
        return directory.resolve(key.fileName() + "-" + generation.incrementAndGet() + ".blocks");
    }

    Path path() {
        return directory;
    }

    private static boolean isOurs(Path file) {
        return SUFFIXES.stream().anyMatch(file.toString()::endsWith);
    }

    private void removeFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, CacheDirectory::isOurs)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Removes the files and lets the next process in. */
    @Override
    public void close() throws IOException {
        try (lockChannel) {
            removeFiles();
        }
    }
}
