package org.omerods.omero.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.omerods.omero.remote.ProgramConfig;
import org.omerods.storage.irods.session.Secret;

/** The script that stands for the omero program, with its state, in a folder. */
public final class OmeroProgramStandIn {
    public static final String PASSWORD = "root & pw";

    private final Path folder;

    /** @param folder empty, of this stand-in alone */
    public OmeroProgramStandIn(Path folder) throws IOException {
        this.folder = folder;
        Path script = folder.resolve("omero");
        try (InputStream in = Objects.requireNonNull(OmeroProgramStandIn.class.getResourceAsStream("omero.sh"))) {
            Files.copy(in, script);
        }
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public ProgramConfig config() {
        return config(PASSWORD);
    }

    public ProgramConfig config(String password) {
        return new ProgramConfig(
                folder.resolve("omero").toString(),
                "127.0.0.1",
                4064,
                "root",
                Secret.of(password),
                folder.resolve("scratch"));
    }

    /** The server cannot be reached while this is set. */
    public void down(boolean down) throws IOException {
        if (down) {
            Files.createFile(folder.resolve("down"));
        } else {
            Files.delete(folder.resolve("down"));
        }
    }

    /** Lets imports of files whose name holds "wait" go on. */
    public void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    /** Whether an import of a file whose name holds {@code hang} or {@code wait} has begun. */
    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    public long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** Paths without the leading slash that were imported, or begun and killed. */
    public List<String> imported() throws IOException {
        Path file = folder.resolve("imported");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /**
     * A run of the program.
     *
     * @param password what OMERO_PASSWORD held
     * @param filesInWorkingDirectory and in the session folder, before it did anything
     */
    public record Call(String password, int filesInWorkingDirectory, int sessions, List<String> words) {}

    public List<Call> calls() throws IOException {
        Path file = folder.resolve("calls");
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\\|", -1))
                .map(parts -> new Call(
                        parts[0],
                        Integer.parseInt(parts[1]),
                        Integer.parseInt(parts[2]),
                        Arrays.asList(parts).subList(3, parts.length)))
                .toList();
    }

    /** Folders of runs that were not removed. */
    public List<Path> leftOvers() throws IOException {
        Path scratch = folder.resolve("scratch");
        if (!Files.exists(scratch)) {
            return List.of();
        }
        try (var files = Files.list(scratch)) {
            return files.toList();
        }
    }
}
