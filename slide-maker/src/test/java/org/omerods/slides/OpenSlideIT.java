package org.omerods.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenSlide, a program that is not ours, sees in the slides. Needs its command-line tools. */
final class OpenSlideIT {
    private static final SlideSpec SPEC = new SlideSpec(SlideFormat.NDPI, 4096, 2560, 3, 256, 90, 7);

    @TempDir
    Path directory;

    @BeforeAll
    static void needsOpenSlide() {
        boolean present = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openslide-write-png")));
        assumeTrue(present, "OpenSlide's tools are not on the PATH (Debian: apt-get install openslide-tools)");
    }

    @Test
    void propertiesTellPyramidResolutionAndMaker() throws Exception {
        Path slide = directory.resolve("slide.ndpi");
        SlideMaker.write(SPEC, slide, Progress.NONE);
        String properties = run("openslide-show-properties", slide.toString());
        assertThat(properties)
                .contains("openslide.vendor: 'hamamatsu'")
                .contains("openslide.level[0].width: '4096'")
                .contains("openslide.level[2].height: '640'")
                .contains("openslide.level[1].tile-width: '2048'")
                .contains("openslide.mpp-x: '0.22817")
                .contains("openslide.objective-power: '40'")
                .contains("hamamatsu.FocalPlanes: '3'");
    }

    @Test
    void regionsOfAllLevelsShowTheTissueOfTheirPlace() throws Exception {
        Path slide = directory.resolve("slide.ndpi");
        SlideMaker.write(SPEC, slide, Progress.NONE);
        ExpectedPicture expected = new ExpectedPicture(SPEC);
        for (int level = 0; level < SPEC.levels().size(); level++) {
            assertThat(expected.difference(region(slide, level, 512, 256), level, 512, 256))
                    .as("mean difference of level %d", level)
                    .isLessThan(4);
        }
    }

    @Test
    void aperioSlidesAreReadAtAllLevels() throws Exception {
        SlideSpec spec = SPEC.in(SlideFormat.SVS);
        Path slide = directory.resolve("slide.svs");
        SlideMaker.write(spec, slide, Progress.NONE);
        assertThat(run("openslide-show-properties", slide.toString()))
                .contains("openslide.vendor: 'aperio'")
                .contains("openslide.level-count: '3'")
                .contains("openslide.mpp-x: '0.22817");
        ExpectedPicture expected = new ExpectedPicture(spec);
        for (int level = 0; level < 3; level++) {
            assertThat(expected.difference(region(slide, level, 512, 256), level, 512, 256))
                    .as("mean difference of level %d", level)
                    .isLessThan(4);
        }
    }

    @Test
    void slidesBehindFourGibibytesAreRead() throws Exception {
        Path slide = directory.resolve("far.ndpi");
        FarOffsetsTest.write(slide, 12);
        assertThat(Files.size(slide)).isGreaterThan(1L << 32);
        ExpectedPicture expected = new ExpectedPicture(FarOffsetsTest.SPEC);
        assertThat(expected.difference(region(slide, 0, 1000, 700), 0, 1000, 700))
                .isLessThan(4);
    }

    private BufferedImage region(Path slide, int level, int left, int top) throws Exception {
        Path png = directory.resolve("region" + level + ".png");
        // OpenSlide wants the corner in pixels of level 0
        List<Integer> numbers = List.of(left << level, top << level, level, 400, 300);
        String[] command = Stream.concat(
                        Stream.concat(
                                Stream.of("openslide-write-png", slide.toString()),
                                numbers.stream().map(String::valueOf)),
                        Stream.of(png.toString()))
                .toArray(String[]::new);
        run(command);
        return ImageIO.read(png.toFile());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
