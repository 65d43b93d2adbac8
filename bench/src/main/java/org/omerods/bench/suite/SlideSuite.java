package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.Load;
import org.omerods.bench.machine.PageCache;
import org.omerods.bench.peer.Bindfs;
import org.omerods.bench.peer.OpenSlideProgram;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.NdpiSegments;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

/**
 * Whole-slide images: tiles of an NDPI as Bio-Formats reads them, 64 segments one after the other, and a person who pans
 * and zooms with OpenSlide.
 */
final class SlideSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"1", "10"};
    /** Rows of MCUs of a tile of 512 pixels. */
    private static final int SEGMENTS = 64;

    private static final int TILES = 4;
    /** Looks take longer than tiles, so they are taken at one round-trip time: that of the goal. */
    private static final String LOOKED_AT = "1";

    /** What Bio-Formats' file handle reads at least, wherever it seeks. */
    private static final int BIO_FORMATS_BUFFER_BYTES = 1 << 20;

    @Override
    public String description() {
        return "NDPI tiles of 64 segments with prefetch on and off, pan and zoom with OpenSlide";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        Path slide = run.newFolder("slide").resolveSibling("slide.ndpi");
        SlideMaker.write(SlideSpec.ofBytes(run.plan().fileBytes()), slide, (done, all) -> {});
        NdpiSegments segments = NdpiSegments.of(slide, SlideSpec.DEFAULT_INTERVAL);
        boolean openSlide = OpenSlideProgram.isInstalled();
        String digest = "";
        if (openSlide) {
            digest = local(run, slide);
        } else {
            run.note("python3-openslide is not installed: no pan and zoom");
        }
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            String rtt = Plan.millis(roundTrip);
            try (Stage stage = Stage.open(run, roundTrip)) {
                stage.zone().register("slide.ndpi", slide);
                tiles(run, stage, "mount", rtt, segments, Map.of());
                tiles(run, stage, "mount, prefetch off", rtt, segments, Map.of("prefetch.enabled", "false"));
                if (openSlide && rtt.equals(LOOKED_AT)) {
                    panAndZoom(run, stage, rtt, digest);
                }
            }
        }
    }

    /** Each repetition: a fresh mount, tiles far from each other and the right neighbour of each. */
    private static void tiles(
            Run run, Stage stage, String subject, String rtt, NdpiSegments segments, Map<String, String> settings)
            throws IOException, InterruptedException {
        Measurement exact = Measurement.of(subject, "rtt_ms", rtt, "what", "NDPI tile");
        Measurement buffered = Measurement.of(subject, "rtt_ms", rtt, "what", "NDPI tile, reads of 1 MiB");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            int seed = i;
            stage.onRunningMount(settings, daemon -> exact.add(tiles(daemon, segments, 0, seed)));
            stage.onRunningMount(
                    settings, daemon -> buffered.add(tiles(daemon, segments, BIO_FORMATS_BUFFER_BYTES, seed)));
        }
        run.add(exact);
        run.add(buffered);
    }

    private static Repetition tiles(Daemon daemon, NdpiSegments segments, int leastBytes, int seed) throws IOException {
        Random random = new Random(seed);
        Path file = daemon.root().resolve("slide.ndpi");
        long[] nanos = new long[TILES];
        long bytes = 0;
        double hits = 0;
        int band = segments.rows() / TILES;
        try (FileReader reader = FileReader.open(file, BIO_FORMATS_BUFFER_BYTES * 4)) {
            // as every reader of the format does before it can ask for a tile
            reader.at(0, 16);
            reader.at(segments.directory(), 4096);
            Observation whole = Observation.begin(daemon);
            long start = System.nanoTime();
            for (int tile = 0; tile < TILES; tile++) {
                int row = tile * band + random.nextInt(Math.max(1, band - SEGMENTS));
                int column = random.nextInt(Math.max(1, segments.perRow() - 1));
                long before = System.nanoTime();
                bytes += tile(reader, segments, row, column, leastBytes);
                nanos[tile] = System.nanoTime() - before;
                Observation neighbour = Observation.begin(daemon);
                bytes += tile(reader, segments, row, Math.min(column + 1, segments.perRow() - 1), leastBytes);
                hits += neighbour.hits() / TILES;
            }
            Load load = new Load(bytes, nanos, (System.nanoTime() - start) / 1e9);
            return whole.end(load, new Repetition()).put("neighbour hits", hits);
        }
    }

    private static long tile(FileReader reader, NdpiSegments segments, int row, int column, int leastBytes)
            throws IOException {
        long bytes = 0;
        int last = Math.min(row + SEGMENTS, segments.rows());
        for (int r = row; r < last; r++) {
            int wanted = segments.bytes(r, column);
            long rest = segments.starts()[segments.starts().length - 1] - segments.offset(r, column);
            reader.at(segments.offset(r, column), (int) Math.min(Math.max(wanted, leastBytes), rest));
            bytes += wanted;
        }
        return bytes;
    }

    private static String local(Run run, Path slide) throws IOException, InterruptedException {
        String digest = look(run, slide, "local file");
        if (Bindfs.isInstalled()) {
            try (Bindfs bindfs = Bindfs.mount(run.scratch(), run.newFolder("bindfs"))) {
                String same = look(run, bindfs.root().resolve(slide.getFileName()), "bindfs");
                if (!same.equals(digest)) {
                    throw new IOException("OpenSlide saw other pixels through bindfs");
                }
            }
        }
        return digest;
    }

    /** Once for nothing, then as often as is wanted; returns the digest of what was seen. */
    private static String look(Run run, Path slide, String subject) throws IOException, InterruptedException {
        Measurement measurement = Measurement.of(subject, "rtt_ms", "0", "what", "pan and zoom", "cache", "warm");
        String digest = OpenSlideProgram.look(slide).digest();
        for (int i = 0; i < run.plan().repetitions(); i++) {
            measurement.add(
                    new Repetition().put("seconds", OpenSlideProgram.look(slide).seconds()));
        }
        run.add(measurement);
        return digest;
    }

    private static void panAndZoom(Run run, Stage stage, String rtt, String digest)
            throws IOException, InterruptedException {
        Measurement cold = Measurement.of("mount", "rtt_ms", rtt, "what", "pan and zoom", "cache", "cold");
        Measurement warm = Measurement.of("mount", "rtt_ms", rtt, "what", "pan and zoom", "cache", "warm");
        Measurement blocks = Measurement.of("mount", "rtt_ms", rtt, "what", "pan and zoom", "cache", "block file");
        Measurement off = Measurement.of("mount, prefetch off", "rtt_ms", rtt, "what", "pan and zoom", "cache", "cold");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            stage.onRunningMount(Map.of(), daemon -> {
                cold.add(look(daemon, digest));
                warm.add(look(daemon, digest));
                PageCache.drop(daemon.root().resolve("slide.ndpi"));
                blocks.add(look(daemon, digest));
            });
            stage.onRunningMount(Map.of("prefetch.enabled", "false"), daemon -> off.add(look(daemon, digest)));
        }
        run.add(cold);
        run.add(warm);
        run.add(blocks);
        run.add(off);
    }

    /** A look whose pixels are others than the local file's is no result. */
    private static Repetition look(Daemon daemon, String digest) throws IOException, InterruptedException {
        Observation observation = Observation.begin(daemon);
        OpenSlideProgram.Look look = OpenSlideProgram.look(daemon.root().resolve("slide.ndpi"));
        if (!look.digest().equals(digest)) {
            throw new IOException("OpenSlide sees other pixels through the mount than in the local file");
        }
        return observation.cost(new Repetition().put("seconds", look.seconds()).put("hits", observation.hits()));
    }
}
