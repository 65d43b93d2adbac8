package org.omerods.zone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the reference data beside the checkout, which a checkout alone does not have. */
final class SharedData {
    private SharedData() {}

    /** The folder {@code name} of the reference data: of the system property omerods.shared, or beside the project. */
    static Optional<Path> folder(String name) {
        String property = System.getProperty("omerods.shared", "");
        Path shared = property.isEmpty() ? Path.of("..", "..", "shared") : Path.of(property);
        Path folder = shared.resolve(name).toAbsolutePath().normalize();
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }
}
