package org.omerods.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.slides.Progress;
import org.omerods.slides.SlideFormat;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

final class ImageJReaderTest {
    @TempDir
    Path directory;

    private Path slide;
    private Path png;

    @BeforeEach
    void make() throws IOException {
        slide = directory.resolve("slide.ndpi");
        png = directory.resolve("picture.png");
        SlideMaker.write(new SlideSpec(SlideFormat.NDPI, 4608, 2560, 1, 64, 90, 1), slide, Progress.NONE);
    }

    @Test
    void levelsAreFoundWithoutMacroAndMap() throws IOException {
        List<NdpiLevel> levels = NdpiLevel.of(slide);
        assertThat(levels).extracting(NdpiLevel::width).containsExactly(4608, 2304, 1152, 576);
        assertThat(levels).allSatisfy(level -> assertThat(level.jpeg(slide)).startsWith(0xff, 0xd8));
    }

    @Test
    void theOverviewIsTheLargestLevelThatFitsAScreen() throws IOException {
        new ImageJReader(directory).overview(slide, png);
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(1152);
        assertThat(picture.getHeight()).isEqualTo(640);
        // glass in the corner, tissue in the middle of the left piece
        assertThat(picture.getRGB(1100, 600) >> 8 & 0xff).isGreaterThan(230);
        assertThat(picture.getRGB(390, 256) >> 8 & 0xff).isLessThan(220);
    }

    @Test
    void theTileIsCutFromLevelZeroWhereThatFitsIntoMemory() throws IOException {
        String words = new ImageJReader(directory).tile(slide, png);
        assertThat(words).contains("1024 x 1024").contains("4608 x 2560");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1024);
    }
}
