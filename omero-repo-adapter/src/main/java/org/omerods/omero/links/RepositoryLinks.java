package org.omerods.omero.links;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the links of a managed repository that lead into the mount. Follows no link; the mount itself is not touched. */
final class RepositoryLinks {
    private static final Logger log = LoggerFactory.getLogger(RepositoryLinks.class);

    private RepositoryLinks() {}

    /**
     * @param visitor is shown each link and its target, normalised
     * @throws IOException when the repository itself cannot be read; a folder below that cannot is logged and left out
     */
    static void walk(Path repository, MountPaths mount, BiConsumer<Path, Path> visitor) throws IOException {
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    Path target =
                            file.resolveSibling(Files.readSymbolicLink(file)).normalize();
                    if (mount.remote(target).isPresent()) {
                        visitor.accept(file, target);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(repository)) {
                    throw e;
                }
                log.warn("{} cannot be looked at and is left out: {}", file, e.toString());
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
