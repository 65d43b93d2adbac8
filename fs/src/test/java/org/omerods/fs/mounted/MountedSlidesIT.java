package org.omerods.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.TiffDecoder;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
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

    @ParameterizedTest
    @CsvSource({"dev, direct", "dev, long", "dev, lossy", "dev, split", "jnr, direct"})
    void imageJSeesTheSame(String driver, String line) throws Exception {
        List<Path> slides = SharedData.slideFiles();
        try (ZoneMount mount = mount(driver, line)) {
            for (Path slide : slides) {
                List<String> local = imageJ(slide);
                assertThat(imageJ(mount.point().resolve(slide.getFileName())))
                        .isNotEmpty()
                        .isEqualTo(local);
            }
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

    /** What ImageJ finds in the directories of a TIFF, and the pixels of those images whose compression it knows. */
    private static List<String> imageJ(Path slide) throws IOException {
        TiffDecoder decoder =
                new TiffDecoder(slide.getParent() + "/", slide.getFileName().toString());
        FileInfo[] images = decoder.getTiffInfo();
        assumeTrue(images != null, "ImageJ finds no TIFF in " + slide);
        List<String> told = new ArrayList<>();
        for (FileInfo image : images) {
            told.add(image.width + "x" + image.height + " type " + image.fileType + " compression " + image.compression
                    + " offset " + image.longOffset + " " + image.description);
            if (image.compression == FileInfo.LZW || image.compression == FileInfo.COMPRESSION_NONE) {
                ImageProcessor pixels = new FileOpener(image).openImage().getProcessor();
                told.add("pixels " + java.util.Arrays.hashCode(pixels.getIntArray()[0]) + " " + pixels.getStats());
            }
        }
        return told;
    }
}
