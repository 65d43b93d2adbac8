package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory of the demo's own, removed with everything in it. */
final class ScratchDirectory implements AutoCloseable {
    private final Path path;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes one that only this user may enter.
     *
     * @throws IOException when {@code parent} cannot be written, or has less room than {@code bytes}
     */
    static ScratchDirectory in(Path parent, long bytes) throws IOException {
        Files.createDirectories(parent);
        long usable = Files.getFileStore(parent).getUsableSpace();
        if (usable < bytes) {
            throw new IOException("demo: " + parent + " has " + usable + " bytes free and " + bytes
                    + " are needed; choose a smaller --size or a larger disk with --temp");
        }
        return new ScratchDirectory(Files.createTempDirectory(parent, "omerods-demo-"));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                if (cause instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw cause;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
