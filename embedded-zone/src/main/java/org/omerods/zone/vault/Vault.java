package org.omerods.zone.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that holds the bytes of objects, one file per object, named by its number.
 *
 * <p>Names of files do not follow logical paths: so a rename is one change in the catalog and cannot be half done, and any
 * logical name is possible. Thread safe.
 */
public final class Vault {
    private static final Logger log = LoggerFactory.getLogger(Vault.class);

    /** Objects per directory, as a power of two. */
    private static final int DIRECTORY_BITS = 10;

    private final Path directory;

    public Vault(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory.toAbsolutePath());
    }

    public Path directory() {
        return directory;
    }

    /** Where the bytes of the object {@code id} go; its directory is there. */
    public Path fileOf(long id) throws IOException {
        Path parent = directory.resolve(Long.toString(id >> DIRECTORY_BITS));
        Files.createDirectories(parent);
        return parent.resolve(Long.toString(id));
    }

    /** Whether {@code file} is one of this vault, which may be written and deleted. */
    public boolean owns(Path file) {
        return file.startsWith(directory);
    }

    /** Deletes the file of a removed object; readers that have it open go on reading. A file of a served tree stays. */
    public void delete(String physicalPath) {
        Path file = Path.of(physicalPath);
        if (!owns(file)) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("cannot delete {} of a removed object: {}", file, e.getMessage());
        }
    }
}
