package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who keeps a mount busy, from /proc: working directories, open files, mapped files. Reads links only, never the mount
 * itself, which may hang. Sees of other users' processes only what the kernel lets this user see.
 */
final class BusyProcesses {
    /** A message stays readable. */
    private static final int MAX_NAMED = 5;
    /** Thousands of processes with thousands of files each: an incomplete answer in time is worth more. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private static final Path PROC = Path.of("/proc");

    private final String mountPoint;
    private final long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
    private final List<String> found = new ArrayList<>();

    private BusyProcesses(Path mountPoint) {
        this.mountPoint = mountPoint.toString();
    }

    /** For a message: {@code dd (pid 17, open file /mnt/a), bash (pid 9, working directory /mnt)}. */
    static String describe(Path mountPoint) {
        BusyProcesses search = new BusyProcesses(mountPoint);
        search.scan();
        return search.found.isEmpty() ? "programs that could not be found in /proc" : String.join(", ", search.found);
    }

    private void scan() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (System.nanoTime() > deadline) {
                    return;
                }
                if (found.size() == MAX_NAMED) {
                    found.add("and others");
                    return;
                }
                useBy(process).ifPresent(use -> found.add(describe(process, use)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            found.add("(/proc could not be read: " + e.getMessage() + ")");
        }
    }

    private static String describe(Path process, String use) {
        String name;
        try {
            name = Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            name = "a program";
        }
        return name + " (pid " + process.getFileName() + ", " + use + ")";
    }

    private Optional<String> useBy(Path process) {
        return link(process.resolve("cwd"), "working directory")
                .or(() -> link(process.resolve("root"), "root directory"))
                .or(() -> openFile(process))
                .or(() -> mappedFile(process));
    }

    private Optional<String> openFile(Path process) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Optional<String> use = link(descriptor, "open file");
                if (use.isPresent() || System.nanoTime() > deadline) {
                    return use;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // ended meanwhile, or another user's
        }
        return Optional.empty();
    }

    private Optional<String> mappedFile(Path process) {
        // as bytes of ISO 8859-1: names need not be text
        try (Stream<String> maps = Files.lines(process.resolve("maps"), ISO_8859_1)) {
            return maps.filter(line -> line.contains(' ' + mountPoint + '/'))
                    .findFirst()
                    .map(line -> "mapped file " + line.substring(line.indexOf(mountPoint)));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> link(Path link, String kind) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.equals(mountPoint) || target.startsWith(mountPoint + '/')
                    ? Optional.of(kind + ' ' + target)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
