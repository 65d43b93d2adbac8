package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.omerods.fs.mounted.ZoneMount.Line;

/** Real slides through a mount are what they are on disk, for every program and over every line. */
final class MountedSlidesIT {
    /** Over lines that lose connections each 50th would hardly ever be hit: here it is each second, after 600 kB. */
    private static final Line LOSSY = new Line(Duration.ofMillis(2), 2, 600_000);

    private static final Line LONG = new Line(Duration.ofMillis(30), 0, 0);

    @TempDir
    private Path scratch;

    private static Line line(String name) {
        return switch (name) {
            case "long" -> LONG;
            case "lossy" -> LOSSY;
            default -> Line.DIRECT;
        };
    }

    private ZoneMount mount(String driver, String line) throws Exception {
        ZoneMount mount = ZoneMount.open(scratch, SharedData.slides(), driver, line(line));
        if (line.equals("split")) {
            mount.zone().faults().splitReplies(1);
        }
        return mount;
    }

    @ParameterizedTest
    @CsvSource({"dev, direct", "dev, long", "dev, lossy", "dev, split", "jnr, direct", "jnr, lossy"})
    void everyByteIsEqual(String driver, String line) throws Exception {
        List<Path> slides = SharedData.slideFiles();
        try (ZoneMount mount = mount(driver, line)) {
            for (Path slide : slides) {
                assertThat(sha256(mount.point().resolve(slide.getFileName()))).isEqualTo(sha256(slide));
            }
            if (line.equals("lossy")) {
                assertThat(mount.line().cuts()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"dev, direct", "dev, long", "dev, lossy", "dev, split", "jnr, direct"})
    void openSlideSeesTheSame(String driver, String line) throws Exception {
        Programs.require("openslide-show-properties");
        Programs.require("openslide-write-png");
        List<Path> slides = SharedData.slideFiles();
        try (ZoneMount mount = mount(driver, line)) {
            for (Path slide : slides) {
                Path mounted = mount.point().resolve(slide.getFileName());
                assertThat(properties(mounted)).isNotEmpty().isEqualTo(properties(slide));
                assertThat(region(mounted, "mounted.png")).isEqualTo(region(slide, "local.png"));
                assertThat(overview(mounted, "mounted-all.png")).isEqualTo(overview(slide, "local-all.png"));
            }
        }
    }

    /** ImageJ knows neither NDPI nor JPEG in TIFF, but the JPEG streams of which NDPI is made. */
    @ParameterizedTest
    @CsvSource({"dev, direct", "dev, long", "dev, lossy", "dev, split", "jnr, direct"})
    void imageJSeesTheSameLevels(String driver, String line) throws Exception {
        Path slide = SharedData.slides().resolve("hamamatsu-dapi.ndpi");
        assumeTrue(Files.exists(slide), "there is no " + slide);
        try (ZoneMount mount = mount(driver, line)) {
            List<String> mounted = imageJLevels(mount.point().resolve("hamamatsu-dapi.ndpi"));
            assertThat(mounted).hasSizeGreaterThan(1).isEqualTo(imageJLevels(slide));
        }
    }

    /** A stack that ImageJ made itself, opened by it through the mount: properties, pixels, a region, a thumbnail. */
    @ParameterizedTest
    @CsvSource({"dev, direct", "dev, long", "dev, lossy", "dev, split", "jnr, direct"})
    void imageJSeesTheSameStack(String driver, String line) throws Exception {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        ImagePlus made = IJ.createImage("stack", "16-bit ramp", 640, 480, 5);
        made.setProperty("Info", "objective=40x\nstain=H&E");
        assertThat(IJ.saveAsTiff(made, tree.resolve("stack.tif").toString())).isTrue();
        try (ZoneMount mount = ZoneMount.open(scratch, tree, driver, line(line))) {
            if (line.equals("split")) {
                mount.zone().faults().splitReplies(1);
            }
            String local = imageJ(IJ.openImage(tree.resolve("stack.tif").toString()));
            String mounted =
                    imageJ(IJ.openImage(mount.point().resolve("stack.tif").toString()));
            assertThat(mounted).contains("objective=40x").isEqualTo(local);
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String properties(Path slide) throws Exception {
        return Programs.output("openslide-show-properties", slide.toString());
    }

    private byte[] region(Path slide, String name) throws Exception {
        return png(slide, name, "300", "200", "0", "512", "384");
    }

    /** The smallest level as a whole, or what of it fits. */
    private byte[] overview(Path slide, String name) throws Exception {
        String count = properties(slide)
                .lines()
                .filter(text -> text.startsWith("openslide.level-count"))
                .map(text -> text.replaceAll("[^0-9]", ""))
                .findFirst()
                .orElse("1");
        return png(slide, name, "0", "0", Integer.toString(Integer.parseInt(count) - 1), "600", "400");
    }

    private byte[] png(Path slide, String name, String... where) throws Exception {
        Path png = scratch.resolve(name);
        List<String> command = new ArrayList<>(List.of("openslide-write-png", slide.toString()));
        command.addAll(List.of(where));
        command.add(png.toString());
        assertThat(Programs.run(command).code()).isZero();
        return Files.readAllBytes(png);
    }

    private List<String> imageJLevels(Path slide) throws IOException {
        List<String> told = new ArrayList<>();
        for (byte[] stream : NdpiStreams.read(slide)) {
            Path jpeg = Files.write(scratch.resolve("level.jpg"), stream);
            told.add(imageJ(IJ.openImage(jpeg.toString())));
        }
        return told;
    }

    /** Properties, all pixels, a region and a thumbnail, as ImageJ sees them. */
    private static String imageJ(ImagePlus image) {
        StringBuilder told = new StringBuilder();
        told.append(image.getWidth()).append('x').append(image.getHeight()).append(' ');
        told.append(image.getBitDepth()).append(" bit ").append(image.getProperty("Info"));
        for (int slice = 1; slice <= image.getStackSize(); slice++) {
            ImageProcessor pixels = image.getStack().getProcessor(slice);
            told.append('\n').append(Arrays.deepHashCode(pixels.getIntArray()));
            pixels.setRoi(20, 10, 100, 80);
            told.append(' ').append(Arrays.deepHashCode(pixels.crop().getIntArray()));
            pixels.resetRoi();
            told.append(' ')
                    .append(Arrays.deepHashCode(pixels.resize(64, 48, true).getIntArray()));
        }
        return told.toString();
    }
}
