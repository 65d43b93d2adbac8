package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.ReadTrace;
import org.omerods.bench.machine.PageCache;
import org.omerods.bench.peer.ImageJProgram;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

/** What programs read, recorded once and done again without their computing: the filesystem alone is timed. */
final class TraceSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"1"};
    private static final long SLIDE_BYTES = 256 << 20;

    /** A file, and what a program read of it. */
    private record Traced(String what, String trace, Path file) {
        ReadTrace reads(Run run) throws IOException {
            return ReadTrace.of(run.plan().checkout().resolve("bench/traces").resolve(trace));
        }
    }

    @Override
    public String description() {
        return "what OpenSlide reads of an NDPI and ImageJ of a stack, recorded and replayed, cold and warm, against local";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        if (run.plan().quick()) {
            run.note("the files of the traces are too large for a smoke test");
            return;
        }
        Path slide = run.scratch().resolve("traced.ndpi");
        SlideMaker.write(SlideSpec.ofBytes(SLIDE_BYTES), slide, (done, all) -> {});
        Path stack = run.scratch().resolve("traced.tif");
        ImageJProgram.write(stack);
        List<Traced> all = List.of(
                new Traced("OpenSlide, NDPI", "openslide-ndpi.trace", slide),
                new Traced("ImageJ, virtual stack", "imagej-stack.trace", stack));
        for (Traced traced : all) {
            local(run, traced);
        }
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                for (Traced traced : all) {
                    stage.zone().register(traced.file().getFileName().toString(), traced.file());
                    mounted(run, stage, Plan.millis(roundTrip), "mount", traced, Map.of());
                    Map<String, String> off = Map.of("prefetch.enabled", "false");
                    mounted(run, stage, Plan.millis(roundTrip), "mount, prefetch off", traced, off);
                }
            }
        }
    }

    private static void local(Run run, Traced traced) throws IOException {
        Measurement local = Measurement.of("local file", "rtt_ms", "0", "what", traced.what(), "cache", "warm");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            local.add(traced.reads(run).replay(traced.file()).describe(new Repetition()));
        }
        run.add(local);
    }

    private static void mounted(
            Run run, Stage stage, String rtt, String subject, Traced traced, Map<String, String> settings)
            throws IOException, InterruptedException {
        ReadTrace trace = traced.reads(run);
        Measurement cold = labelled(rtt, subject, traced, "cold");
        Measurement warm = labelled(rtt, subject, traced, "warm");
        Measurement blocks = labelled(rtt, subject, traced, "block file");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            stage.onRunningMount(settings, daemon -> {
                Path file = daemon.root().resolve(traced.file().getFileName().toString());
                for (Measurement measurement : List.of(cold, warm, blocks)) {
                    Observation observation = Observation.begin(daemon);
                    measurement.add(observation.end(trace.replay(file), new Repetition()));
                    if (measurement.equals(warm)) {
                        PageCache.drop(file);
                    }
                }
            });
        }
        List.of(cold, warm, blocks).forEach(run::add);
    }

    private static Measurement labelled(String rtt, String subject, Traced traced, String cache) {
        return Measurement.of(subject, "rtt_ms", rtt, "what", traced.what(), "cache", cache);
    }
}
