package org.omerods.slides;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.slides.NdpiWalker.Directory;
import org.omerods.slides.tissue.Glyphs;
import org.omerods.slides.tissue.SlidePicture;

final class NdpiWriterTest {
    private static final SlideSpec SPEC = new SlideSpec(SlideFormat.NDPI, 4096, 2560, 1, 64, 90, 7);

    @TempDir
    static Path directory;

    private static Path slide;
    private static List<Directory> directories;

    @BeforeAll
    static void make() throws IOException {
        slide = directory.resolve("slide.ndpi");
        SlideMaker.write(SPEC, slide, Progress.NONE);
        directories = NdpiWalker.directories(slide);
    }

    @Test
    void levelsHalveAndMacroAndMapFollow() {
        assertThat(directories).extracting(d -> d.one(256)).containsExactly(4096L, 2048L, 1024L, 1184L, 592L);
        assertThat(directories).extracting(d -> d.one(257)).containsExactly(2560L, 1280L, 640L, 400L, 200L);
        assertThat(directories).extracting(d -> d.decimal(65421)).containsExactly(40f, 20f, 10f, -1f, -2f);
        assertThat(directories).allSatisfy(d -> assertThat(d.one(65420)).isEqualTo(1));
    }

    @Test
    void resolutionFollowsTheLevel() {
        assertThat(directories.subList(0, 3))
                .extracting(d -> (double) d.all(282)[0] / d.all(282)[1])
                .containsExactly(43826.0, 21913.0, 10956.5);
    }

    @Test
    void everyRecordedPlaceFollowsTheRightRestartMarkerAndTheJpegEndsWithEoi() throws IOException {
        try (FileChannel channel = FileChannel.open(slide)) {
            for (Directory level : directories.subList(0, 3)) {
                int starts = level.all(65426).length;
                assertThat(starts).isEqualTo((int) (level.one(256) / 512 * level.one(257) / 8));
                for (int i = 1; i < starts; i++) {
                    ByteBuffer marker = NdpiWalker.read(channel, level.mcuStart(i) - 2, 2);
                    assertThat(Short.toUnsignedInt(marker.getShort())).isEqualTo(0xd0ff + ((i - 1) % 8 << 8));
                }
                ByteBuffer end = NdpiWalker.read(channel, level.one(273) + level.one(279) - 2, 2);
                assertThat(Short.toUnsignedInt(end.getShort())).isEqualTo(0xd9ff);
            }
        }
    }

    @Test
    void everyLevelShowsTheTissueOfItsPlace() throws IOException {
        ExpectedPicture expected = new ExpectedPicture(SPEC);
        for (int level = 0; level < 3; level++) {
            BufferedImage region = jpeg(directories.get(level)).getSubimage(400, 300, 400, 300);
            assertThat(expected.difference(region, level, 400, 300))
                    .as("mean difference of level %d", level)
                    .isLessThan(4);
        }
    }

    @Test
    void labelsTellLevelAndPixelPosition() throws IOException {
        BufferedImage level = jpeg(directories.get(1));
        String text = SlidePicture.label(1, 0, 1024, 512);
        assertThat(text).isEqualTo("L1 x1024 y512");
        for (int i = 0; i < text.length(); i++) {
            for (int p = 0; p < 8 * 16; p++) {
                int green = level.getRGB(1024 + 8 + 8 * i + p % 8, 512 + 8 + p / 8) >> 8 & 0xff;
                assertThat(green < 128).isEqualTo(Glyphs.ink(text.charAt(i), p % 8, p / 8));
            }
        }
    }

    @Test
    void sameSpecMakesSameBytes() throws IOException {
        Path again = directory.resolve("again.ndpi");
        SlideMaker.write(SPEC, again, Progress.NONE);
        assertThat(Files.mismatch(slide, again)).isEqualTo(-1);
    }

    @Test
    void focalPlanesFollowOneAnotherWithTheirPyramids() throws IOException {
        Path stack = directory.resolve("stack.ndpi");
        SlideMaker.write(new SlideSpec(SlideFormat.NDPI, 1536, 1024, 3, 64, 90, 7), stack, Progress.NONE);
        List<Directory> all = NdpiWalker.directories(stack);
        assertThat(all.subList(0, 6))
                .extracting(d -> (int) d.one(65424))
                .containsExactly(-1000, -1000, 0, 0, 1000, 1000);
        assertThat(all.subList(0, 6))
                .extracting(d -> d.one(256))
                .containsExactly(1536L, 768L, 1536L, 768L, 1536L, 768L);
    }

    private static BufferedImage jpeg(Directory level) throws IOException {
        try (FileChannel channel = FileChannel.open(slide)) {
            byte[] jpeg = new byte[(int) level.one(279)];
            NdpiWalker.read(channel, level.one(273), jpeg.length).get(jpeg);
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        }
    }
}
