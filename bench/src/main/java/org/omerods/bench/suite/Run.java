package org.omerods.bench.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.omerods.bench.machine.Shell;
import org.omerods.bench.machine.TouchedMemory;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.ResultFile;
import org.omerods.bench.stage.Folders;
import org.omerods.bench.stage.SampleFile;

/** One run of a suite: its plan, its scratch folder, what it found so far. For one thread. */
public final class Run implements AutoCloseable {
    private static final int WARM_UP_PART = 4;

    private final Plan plan;
    private final Path scratch;
    private final SignalCleanup cleanup;
    private final ResultFile results;
    private final PrintWriter out;
    private Optional<Path> largeFile = Optional.empty();
    private Optional<Path> warmUpFile = Optional.empty();
    private Optional<TouchedMemory> memory = Optional.empty();
    private int folders;

    public Run(Plan plan, Path scratchParent, ResultFile results, PrintWriter out) throws IOException {
        this.plan = plan;
        this.scratch = Files.createTempDirectory(scratchParent, "omerods-bench-");
        this.cleanup = SignalCleanup.of(scratch);
        this.results = results;
        this.out = out;
    }

    public Plan plan() {
        return plan;
    }

    /** Where everything of this run lies. */
    Path scratch() {
        return scratch;
    }

    /** A folder that is not there yet. */
    Path newFolder(String name) {
        return scratch.resolve(name + "-" + folders++);
    }

    /** Random bytes, as many as the plan says. */
    Path largeFile() throws IOException {
        if (largeFile.isEmpty()) {
            Path file = scratch.resolve("large");
            SampleFile.write(file, plan.fileBytes());
            largeFile = Optional.of(file);
        }
        return largeFile.get();
    }

    /**
     * What a fresh mount reads before it is measured: a mount that has run for days has its code compiled, and the peers
     * are measured in a JVM that has been running, too.
     */
    Path warmUpFile() throws IOException {
        if (warmUpFile.isEmpty()) {
            Path file = scratch.resolve("warm-up");
            SampleFile.write(file, plan.fileBytes() / WARM_UP_PART);
            warmUpFile = Optional.of(file);
        }
        return warmUpFile.get();
    }

    /** What is free of the machine's memory belongs to it from now on; not in a smoke test. */
    void touchMemory() throws IOException {
        if (plan.quick()) {
            return;
        }
        if (memory.isEmpty()) {
            memory = Optional.of(TouchedMemory.over(scratch.resolve("touched")));
        }
        memory.get().fill();
    }

    /** What was written before is on the disk, so that nobody waits for the bytes of others; and memory is at hand. */
    void settle() throws IOException, InterruptedException {
        String output = Shell.run(List.of("sync"));
        if (!output.isBlank()) {
            say(output);
        }
        touchMemory();
    }

    /** A measurement is complete: it is kept and shown. */
    void add(Measurement measurement) {
        results.add(measurement);
        say(measurement.summary());
    }

    /** Something that a reader of the figures must know. */
    void note(String text) {
        results.note(text);
        say("note: " + text);
    }

    void say(String text) {
        out.println("  " + text);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        cleanup.close();
        if (memory.isPresent()) {
            memory.get().close();
        }
        Folders.delete(scratch);
    }
}
