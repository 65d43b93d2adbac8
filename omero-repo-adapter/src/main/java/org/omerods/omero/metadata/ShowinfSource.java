package org.omerods.omero.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.omerods.storage.DataObject;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OME-XML that Bio-Formats makes of any format it knows: runs its {@code showinf} on the file in a mount. Thread-safe;
 * one process for each call.
 */
public final class ShowinfSource implements OmeXmlSource {
    private static final Logger log = LoggerFactory.getLogger(ShowinfSource.class);

    private final Path program;
    private final StoragePath mounted;
    private final Path mountPoint;
    private final Duration timeout;

    /**
     * @param program Bio-Formats' {@code showinf}
     * @param mounted the collection that is mounted
     * @param mountPoint where
     * @param timeout for one file
     */
    public ShowinfSource(Path program, StoragePath mounted, Path mountPoint, Duration timeout) {
        this.program = program;
        this.mounted = mounted;
        this.mountPoint = mountPoint;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "Bio-Formats";
    }

    @Override
    public Optional<byte[]> read(DataObject object) throws MetadataException {
        if (!object.path().isIn(mounted)) {
            return Optional.empty();
        }
        String below = mounted.isRoot()
                ? object.path().value().substring(1)
                : object.path().value().substring(mounted.value().length() + 1);
        Path file = mountPoint.resolve(below);
        if (!Files.isReadable(file)) {
            throw new MetadataException(file + " cannot be read: is " + mounted + " mounted at " + mountPoint + "?");
        }
        byte[] output = run(file);
        String text = new String(output, StandardCharsets.UTF_8);
        int start = text.indexOf("<OME");
        int declaration = text.indexOf("<?xml");
        int from = declaration >= 0 && declaration < start ? declaration : start;
        if (start < 0) {
            log.debug("{} finds no metadata in {}", program, file);
            return Optional.empty(); // a format that it does not know
        }
        return Optional.of(text.substring(from).strip().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] run(Path file) throws MetadataException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(
                            program.toString(),
                            "-nopix",
                            "-omexml-only",
                            "-no-upgrade",
                            file.toAbsolutePath().toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new MetadataException(program + " cannot be started: " + e.getMessage(), e);
        }
        // The deadline holds also for a program that is silent: its end closes the stream below.
        Thread deadline = Thread.ofVirtual().start(() -> endWhenLate(process));
        try (InputStream out = process.getInputStream()) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] piece = new byte[1 << 16];
            for (int read = out.read(piece); read >= 0; read = out.read(piece)) {
                kept.write(piece, 0, read);
                if (kept.size() > OmeDocument.MAX_BYTES) {
                    throw new MetadataException(program + " wrote more than " + OmeDocument.MAX_BYTES + " bytes for "
                            + file + ": not read");
                }
            }
            if (!process.waitFor(1, TimeUnit.SECONDS) || process.exitValue() == Signal.KILLED) {
                throw new MetadataException(program + " did not end within " + timeout.toSeconds() + " s for " + file);
            }
            return kept.toByteArray();
        } catch (IOException e) {
            throw new MetadataException(program + " failed for " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MetadataException("interrupted while " + program + " read " + file, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            deadline.interrupt();
        }
    }

    private void endWhenLate(Process process) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ended
        }
    }

    /** Exit values of processes that a signal ended: 128 and its number. */
    private static final class Signal {
        private static final int KILLED = 128 + 9;
    }
}
