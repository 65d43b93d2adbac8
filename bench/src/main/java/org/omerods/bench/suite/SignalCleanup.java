package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.omerods.bench.stage.Folders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Undoes a run that a signal ends: its programs are stopped, its mounts unmounted, its folder removed. */
final class SignalCleanup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SignalCleanup.class);
    /** As long as a mount takes to unmount and a zone to end. */
    private static final int PATIENCE_SECONDS = 20;

    private final Thread hook;

    private SignalCleanup(Thread hook) {
        this.hook = hook;
    }

    static SignalCleanup of(Path scratch) {
        Thread hook = Thread.ofPlatform().name("bench-cleanup").unstarted(() -> undo(scratch));
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalCleanup(hook);
    }

    private static void undo(Path scratch) {
        List<ProcessHandle> programs = ProcessHandle.current().descendants().toList();
        programs.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(programs.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            programs.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            // before anything is deleted: what is below a mount that is still there belongs to others
            unmountBelow(scratch);
            Folders.delete(scratch);
        } catch (IOException e) {
            log.warn("{} is left behind: {}", scratch, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unmountBelow(Path scratch) throws IOException, InterruptedException {
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String point = line.split(" ")[1];
            if (point.startsWith(scratch + "/")
                    && new ProcessBuilder("umount", "-l", point).start().waitFor() != 0) {
                throw new IOException(point + " cannot be unmounted");
            }
        }
    }

    /** The run ended by itself. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("the JVM is going down already", e);
        }
    }
}
