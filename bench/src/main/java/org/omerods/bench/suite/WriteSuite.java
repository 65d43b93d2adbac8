package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.bench.machine.Shell;
import org.omerods.bench.peer.Bindfs;
import org.omerods.bench.peer.RawWriter;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Folders;

/** Writing: one large file including close, many small ones, a source tree out of an archive, the log of an import. */
final class WriteSuite implements Suite {
    /** Of servers further away only the large file is written: everything else costs a few round trips each. */
    private static final Duration NEAR = Duration.ofMillis(1);

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int SMALL_FILES = 10_000;
    private static final int SMALL_BYTES = 4096;
    private static final int APPENDS = 1_600;
    private static final int WARM_UP_FILES = 300;
    /** The compilers of the virtual machine are done with what the warm-up gave them by then. */
    private static final Duration COMPILED = Duration.ofSeconds(2);

    /** Where a step takes a round trip each, all of them would take minutes: what was done by then gives the rate. */
    private static final double MAX_SECONDS = 4;

    private static final int LINE_BYTES = 120;
    private static final double MIB = 1 << 20;

    @Override
    public String description() {
        return "a large file incl. close, small files, untar, appends with stat; against local, bindfs, raw clients";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        Path archive = archive(run);
        Path folder = Files.createDirectories(run.newFolder("local"));
        Measurements local = new Measurements("local file", "0");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            round(run, folder, archive, local);
        }
        local.addTo(run);
        if (Bindfs.isInstalled()) {
            Measurements peer = new Measurements("bindfs", "0");
            try (Bindfs bindfs = Bindfs.mount(folder, run.newFolder("bindfs"))) {
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    round(run, bindfs.root(), archive, peer);
                }
            }
            peer.addTo(run);
        }
        for (Duration roundTrip : run.plan().roundTrips()) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                remote(run, stage, roundTrip, archive);
            }
        }
    }

    private static void remote(Run run, Stage stage, Duration roundTrip, Path archive)
            throws IOException, InterruptedException {
        String rtt = Plan.millis(roundTrip);
        boolean isNear = roundTrip.compareTo(NEAR) <= 0;
        Measurements mount = new Measurements("mount", rtt);
        Measurement raw = Measurement.of("raw client", "rtt_ms", rtt, "what", "sequential");
        Measurement comparing = Measurement.of("raw client, comparing", "rtt_ms", rtt, "what", "sequential");
        Measurement parallel =
                Measurement.of("raw client, comparing, 4 connections", "rtt_ms", rtt, "what", "sequential");
        stage.zone().collection("written");
        try (RawWriter writer = RawWriter.open(stage.zone())) {
            writer.write("written/raw", run.plan().fileBytes());
            writer.writeAndCompare("written/compared", run.plan().fileBytes());
            writer.writeInParallelAndCompare("written/parallel", run.plan().fileBytes());
        }
        boolean[] readOnly = {false};
        for (int i = 0; i < run.plan().repetitions(); i++) {
            int number = i;
            try (RawWriter writer = RawWriter.open(stage.zone())) {
                long bytes = run.plan().fileBytes();
                run.settle();
                raw.add(rate(bytes, writer.write("written/raw-" + number, bytes)));
                run.settle();
                comparing.add(rate(bytes, writer.writeAndCompare("written/compared-" + number, bytes)));
                run.settle();
                parallel.add(rate(bytes, writer.writeInParallelAndCompare("written/parallel-" + number, bytes)));
            }
            stage.onFreshMount(Map.of(), daemon -> {
                Path folder = daemon.root().resolve("written").resolve("round-" + number);
                try {
                    Files.createDirectory(folder);
                } catch (IOException e) {
                    readOnly[0] = true;
                    return;
                }
                warmUp(run, Files.createDirectory(folder.resolve("warm-up")), isNear ? WARM_UP_FILES : 0);
                Observation observation = Observation.begin(daemon);
                if (isNear) {
                    round(run, folder, archive, mount);
                } else {
                    sequential(run, folder, mount);
                }
                mount.of("whole round").add(observation.cost(new Repetition()));
            });
        }
        if (readOnly[0]) {
            run.note("the mount is read-only: only the peers were measured");
        }
        mount.addTo(run);
        run.add(raw);
        run.add(comparing);
        run.add(parallel);
    }

    private static Repetition rate(long bytes, double seconds) {
        return new Repetition().put("MiB/s", bytes / MIB / seconds).put("seconds", seconds);
    }

    /** The raw client has written as much by then, and a mount lives for days. */
    private static void warmUp(Run run, Path folder, int files) throws IOException, InterruptedException {
        double seconds = large(folder.resolve("large"), run.plan().fileBytes());
        run.say(String.format("warmed up in %.1f s", seconds));
        for (int i = 0; i < files; i++) {
            Files.write(folder.resolve("file-" + i), new byte[SMALL_BYTES]);
        }
        Folders.delete(folder);
        Thread.sleep(COMPILED);
    }

    /** Everything once, in a folder that is removed when all of it was timed. */
    private static void round(Run run, Path parent, Path archive, Measurements into)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectory(parent.resolve("work"));
        sequential(run, folder, into);
        run.settle();
        double seconds = Math.min(MAX_SECONDS, run.plan().seconds());
        into.of("files of 4 KiB").add(small(Files.createDirectory(folder.resolve("small")), seconds));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        double untar = Shell.seconds(List.of("tar", "-xf", archive.toString(), "-C", tree.toString()));
        into.of("untar of a source tree").add(new Repetition().put("seconds", untar));
        into.of("appends with stat").add(appends(folder.resolve("import.log"), seconds));
        Folders.delete(folder);
    }

    private static void sequential(Run run, Path folder, Measurements into) throws IOException, InterruptedException {
        run.settle();
        double seconds = large(folder.resolve("large"), run.plan().fileBytes());
        into.of("sequential").add(rate(run.plan().fileBytes(), seconds));
    }

    private static double large(Path file, long bytes) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        new java.util.SplittableRandom(bytes).nextBytes(block);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES).put(block);
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < bytes; done += BLOCK_BYTES) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static Repetition small(Path folder, double maxSeconds) throws IOException {
        byte[] content = new byte[SMALL_BYTES];
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        int done = 0;
        while (done < SMALL_FILES && System.nanoTime() < end) {
            Files.write(folder.resolve("file-" + done++), content);
        }
        return rate(done, (System.nanoTime() - start) / 1e9);
    }

    /** As the log of an import grows: opened, a line, closed, looked at. */
    private static Repetition appends(Path log, double maxSeconds) throws IOException {
        byte[] line = "x".repeat(LINE_BYTES - 1).concat("\n").getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        int done = 0;
        while (done < APPENDS && System.nanoTime() < end) {
            Files.write(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            done++;
            if (Files.size(log) != (long) done * LINE_BYTES) {
                throw new IOException(log + " has " + Files.size(log) + " bytes after " + done + " appends");
            }
        }
        return rate(done, (System.nanoTime() - start) / 1e9);
    }

    private static Repetition rate(int done, double seconds) {
        return new Repetition().put("ops/s", done / seconds).put("ops", done).put("seconds", seconds);
    }

    /** A source tree that every checkout has: its own. */
    private static Path archive(Run run) throws IOException, InterruptedException {
        Path archive = run.newFolder("tree").resolveSibling("tree.tar");
        List<String> command = new ArrayList<>(List.of(
                "tar", "-cf", archive.toString(), "-C", run.plan().checkout().toString()));
        for (String part : List.of("docs", "storage/src")) {
            if (Files.isDirectory(run.plan().checkout().resolve(part))) {
                command.add(part);
            }
        }
        String output = Shell.run(command);
        if (!output.isBlank()) {
            run.say(output);
        }
        return archive;
    }

    /** Of one subject, by what was done. */
    private static final class Measurements {
        private final String subject;
        private final String rtt;
        private final Map<String, Measurement> byWhat = new LinkedHashMap<>();

        Measurements(String subject, String rtt) {
            this.subject = subject;
            this.rtt = rtt;
        }

        Measurement of(String what) {
            return byWhat.computeIfAbsent(what, name -> Measurement.of(subject, "rtt_ms", rtt, "what", name));
        }

        void addTo(Run run) {
            byWhat.values().forEach(run::add);
        }
    }
}
