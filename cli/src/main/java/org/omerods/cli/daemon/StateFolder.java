package org.omerods.cli.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;

/** The folder where this user's mounts are written down: only this user may enter. */
public final class StateFolder {
    /** 48 bits: enough for the mounts of one machine. */
    private static final int NAME_LENGTH = 13;

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * OMERODS_STATE_DIR, else /run/omerods for root, else omerods in XDG_RUNTIME_DIR, else ~/.local/state/omerods.
     *
     * @throws IOException when it cannot be made
     */
    public static StateFolder open(Map<String, String> environment) throws IOException {
        Path folder = choose(environment);
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return new StateFolder(folder);
    }

    private static Path choose(Map<String, String> environment) {
        String said = environment.getOrDefault("OMERODS_STATE_DIR", "");
        if (!said.isEmpty()) {
            return Path.of(said);
        }
        if ("root".equals(System.getProperty("user.name")) && Files.isWritable(Path.of("/run"))) {
            return Path.of("/run/omerods");
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "omerods")
                : Path.of(runtime, "omerods");
    }

    public Path path() {
        return folder;
    }

    /** The file of that kind for a mount point. */
    public Path file(Path mountPoint, String suffix) {
        return folder.resolve(nameOf(mountPoint) + suffix);
    }

    /** A name for a mount point that is short enough for a socket, the same at each start. */
    public static String nameOf(Path mountPoint) {
        String path = mountPoint.toAbsolutePath().normalize().toString();
        return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, NAME_LENGTH);
    }
}
