package org.omerods.fs.fuse.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The set-user-id program that mounts for users who may not: fusermount3, or fusermount of libfuse 2.
 *
 * @param program its absolute path
 */
public record Fusermount(Path program) {
    /** Where it lies when PATH is bare, as for a service. */
    private static final String USUAL_PLACES = "/usr/bin:/bin:/usr/local/bin:/usr/sbin";

    /** @throws IOException when there is none; says how to get it */
    public static Fusermount find() throws IOException {
        return ifPresent()
                .orElseThrow(() -> new IOException(
                        "fusermount3 was not found, which users other than root need; install it (Debian: apt-get install"
                                + " fuse3) or run as root"));
    }

    public static Optional<Fusermount> ifPresent() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + USUAL_PLACES;
        for (String name : List.of("fusermount3", "fusermount")) {
            for (String directory : path.split(File.pathSeparator)) {
                Path candidate = Path.of(directory.isEmpty() ? "/" : directory, name);
                if (Files.isExecutable(candidate)) {
                    return Optional.of(new Fusermount(candidate));
                }
            }
        }
        return Optional.empty();
    }

    /** Unmounts; empty when it did, else what the program complained about. */
    public String unmount(Path mountPoint, boolean lazily) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-u"));
        if (lazily) {
            command.add("-z");
        }
        command.add("--");
        command.add(mountPoint.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() == 0) {
                return "";
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " unmounts " + mountPoint, e);
        }
        return output.isEmpty() ? program.getFileName() + " failed with " + process.exitValue() : output;
    }
}
