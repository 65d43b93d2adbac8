package org.omerods.omero.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.omerods.storage.StoragePath;

/**
 * Finds a file by its place in the managed repository. What the link there points to is the truth; the source path that
 * the importer noted is asked only where the repository cannot be seen, because characters were replaced in it. A plain
 * file is in iRODS only if the repository itself lies on a mount. Thread-safe; reads links, never what they point to.
 */
public final class ManagedFiles implements FileLocator {
    private final Optional<Path> managedRepository;
    private final List<Mount> mounts;

    /** A directory of this machine under which a collection is mounted. */
    public record Mount(String directory, StoragePath collection) {
        public Mount {
            if (!directory.startsWith("/") || directory.endsWith("/")) {
                throw new IllegalArgumentException(
                        "the mount point " + directory + " must be absolute, without a slash at its end");
            }
        }
    }

    /**
     * @param managedRepository where this machine sees the managed repository, if not under the path that the OMERO server
     *     uses
     */
    public ManagedFiles(Optional<Path> managedRepository, List<Mount> mounts) {
        this.managedRepository = managedRepository;
        this.mounts = List.copyOf(mounts);
    }

    /** Reads {@code /irods/tempZone=/tempZone,/slides=/tempZone/home/lab}. */
    public static List<Mount> parseMounts(String text) {
        return List.of(text.split(",", -1)).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> {
                    int equals = part.indexOf('=');
                    if (equals < 0) {
                        throw new IllegalArgumentException(part + " is not of the form directory=collection");
                    }
                    return new Mount(part.substring(0, equals), StoragePath.of(part.substring(equals + 1)));
                })
                .toList();
    }

    @Override
    public Optional<StoragePath> locate(OriginalFile file) {
        String root = managedRepository.map(Path::toString).orElse(file.repositoryRoot());
        if (root.isEmpty()) {
            return mapped("/" + file.clientPath());
        }
        try {
            return mapped(target(Path.of(root).resolve(file.managedPath()).normalize()));
        } catch (IOException | InvalidPathException e) {
            return mapped("/" + file.clientPath()); // not to be seen from here, like a missing one
        }
    }

    /** Where a link leads, or the path of a file that is none. */
    private static String target(Path managed) throws IOException {
        try {
            Path target = Files.readSymbolicLink(managed);
            return managed.resolveSibling(target).normalize().toString();
        } catch (NotLinkException e) {
            return managed.toString();
        }
    }

    private Optional<StoragePath> mapped(String path) {
        for (Mount mount : mounts) {
            if (path.startsWith(mount.directory() + "/")) {
                String below = path.substring(mount.directory().length());
                String top =
                        mount.collection().isRoot() ? "" : mount.collection().value();
                try {
                    return Optional.of(new StoragePath(top + below));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
