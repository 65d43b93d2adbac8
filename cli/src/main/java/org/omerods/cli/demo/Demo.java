package org.omerods.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.slides.SlideReport;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/**
 * The demo: makes a slide, stores it in a zone of its own, mounts the zone, lets a program that is not ours read the slide
 * there, compares the bytes, and tells what it cost. Leaves only the two pictures. For one run on one thread.
 */
public final class Demo {
    private final DemoSettings settings;
    private final DemoReport report;

    public Demo(DemoSettings settings, PrintWriter out) {
        this.settings = settings;
        this.report = new DemoReport(out);
    }

    /**
     * Runs to its end; one that stays runs until somebody unmounts or ends the process.
     *
     * @return false when a signal ended it
     */
    public boolean run(FuseDriver driver) throws IOException, StorageException, InterruptedException {
        Teardown teardown = Teardown.atExit();
        try (teardown) {
            run(driver, teardown);
        } catch (IOException | StorageException | InterruptedException | RuntimeException e) {
            if (!teardown.isInterrupted()) {
                throw e;
            }
        }
        return !teardown.isInterrupted();
    }

    private void run(FuseDriver driver, Teardown teardown) throws IOException, StorageException, InterruptedException {
        Files.createDirectories(settings.output());
        Path scratch = teardown.add(ScratchDirectory.in(settings.temporary(), settings.temporaryBytes()))
                .path();
        Path original = scratch.resolve(DemoSlide.NAME);
        SlideReport slide = DemoSlide.make(settings.sizeBytes(), original);
        report.slide(slide);

        DemoZone zone = teardown.add(DemoZone.start(Files.createDirectory(scratch.resolve("zone"))));
        StoragePath object = zone.home().child(DemoZone.FOLDER).child(DemoSlide.NAME);
        long start = System.nanoTime();
        String sha256 = zone.put(original, object);
        report.stored(object.value(), zone, (System.nanoTime() - start) / 1e9);
        // its room is needed by the block files of a large slide
        Files.delete(original);

        read(zone, scratch, driver, teardown, sha256);
        if (settings.stay()) {
            DemoMount mount = teardown.add(DemoMount.of(zone, scratch, driver));
            report.login(zone, mount, DemoLogin.write(zone, scratch));
            mount.awaitUnmounted();
        } else {
            report.howToGoOn();
        }
    }

    private void read(DemoZone zone, Path scratch, FuseDriver driver, Teardown teardown, String sha256)
            throws IOException, InterruptedException {
        SlideReader reader = OpenSlideReader.find(new Programs(teardown)).orElseGet(() -> new ImageJReader(scratch));
        Path overview = settings.output().resolve("overview.png");
        Path tile = settings.output().resolve("tile.png");
        Map<String, DemoMount.Step> steps = new LinkedHashMap<>();
        steps.put("properties", reader::properties);
        steps.put("overview", slide -> reader.overview(slide, overview));
        steps.put("tile", slide -> reader.tile(slide, tile));
        steps.put("all bytes", slide -> compare(slide, sha256));
        List<Measurement> measurements = new ArrayList<>();
        for (Map.Entry<String, DemoMount.Step> step : steps.entrySet()) {
            // a fresh mount for each: what one reads shall not make the next one warm
            DemoMount mount = teardown.add(DemoMount.of(zone, scratch, driver));
            if (measurements.isEmpty()) {
                report.mounted(mount.slide(), driver.name());
                report.reader(reader);
            }
            measurements.add(mount.measure(step.getKey(), step.getValue()));
            teardown.undoNow(mount);
        }
        report.measurements(measurements);
        report.pictures(overview, tile);
    }

    private static String compare(Path slide, String sha256) throws IOException {
        String mounted = DemoSlide.sha256(slide, "reading it through the mount");
        if (!mounted.equals(sha256)) {
            throw new IOException("demo: the mounted file has SHA-256 " + mounted + ", the original " + sha256
                    + ": these are not the same bytes; please report it");
        }
        return "from start to end: SHA-256 " + mounted + ", as the original's";
    }
}
