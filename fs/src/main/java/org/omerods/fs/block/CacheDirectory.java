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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The directory of the block files, held by one process at a time. Its files outlive the process. Thread-safe. */
final class CacheDirectory implements AutoCloseable {
    private static final String LOCK_NAME = "lock";

    /** As {@link #newFile} makes them. */
    private static final Pattern GENERATION = Pattern.compile(".*-(\\d{1,18})\\.[a-z]+");

    private final Path directory;
    private final FileChannel lockChannel;
    private final AtomicLong generation = new AtomicLong();

    private CacheDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the directory where it is missing, and locks it.
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
            opened.removeParts();
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

    Path path() {
        return directory;
    }

    /** A name that was not used yet: a version that comes back after its file was dropped gets a new one. */
    Path newFile(ContentKey key) {
        return directory.resolve(key.fileName() + "-" + generation.incrementAndGet() + BlockFile.SUFFIX);
    }

    /** The files of that kind, in no order. Names that were used by an earlier process are not used again. */
    List<Path> files(String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path file : files) {
                found.add(file);
                generation.accumulateAndGet(generationOf(file), Math::max);
            }
        }
        return found;
    }

    private static long generationOf(Path file) {
        Matcher matcher = GENERATION.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private void removeParts() throws IOException {
        for (Path part : files(AttachmentFiles.PART_SUFFIX)) {
            Files.deleteIfExists(part);
        }
    }

    /** Lets the next process in. */
    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
