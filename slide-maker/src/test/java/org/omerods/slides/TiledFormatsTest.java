package org.omerods.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.slides.BigTiffWalker.Directory;

final class TiledFormatsTest {
    private static final SlideSpec SPEC = new SlideSpec(SlideFormat.SVS, 2560, 1536, 1, 64, 90, 5);

    @TempDir
    Path directory;

    @Test
    void svsHoldsLevelsThumbnailAndMacroInAperiosOrder() throws IOException {
        List<Directory> all = BigTiffWalker.directories(make(SPEC));
        assertThat(all).extracting(d -> d.one(256)).containsExactly(2560L, 640L, 1280L, 640L, 1184L);
        assertThat(all).extracting(d -> d.values().containsKey(322)).containsExactly(true, false, true, true, false);
        assertThat(all).allSatisfy(d -> assertThat(d.text(270)).startsWith("Aperio Image Library"));
        assertThat(all.getFirst().text(270)).contains("|AppMag = 40|MPP = 0.228175|");
        assertThat(all.get(2).text(270)).contains("-> 1280x768 ");
        assertThat(all.getLast().text(270)).contains("\r\nmacro ");
    }

    @Test
    void omeTiffHoldsOneImageWithSmallerLevelsBelowIt() throws IOException {
        Path slide = make(SPEC.in(SlideFormat.OME_TIFF));
        List<Directory> all = BigTiffWalker.directories(slide);
        assertThat(all).hasSize(1);
        Directory base = all.getFirst();
        assertThat(base.text(270)).contains("SizeX=\"2560\" SizeY=\"1536\"").contains("PhysicalSizeX=\"0.228175\"");
        try (FileChannel channel = FileChannel.open(slide)) {
            assertThat(base.all(330)).hasSize(2);
            assertThat(BigTiffWalker.directory(channel, base.all(330)[0]).one(256))
                    .isEqualTo(1280);
            assertThat(BigTiffWalker.directory(channel, base.all(330)[1]).one(257))
                    .isEqualTo(384);
        }
    }

    @Test
    void tilesShowTheTissueOfTheirPlaceAndGlassBeyondTheEdge() throws IOException {
        Path slide = make(SPEC);
        ExpectedPicture expected = new ExpectedPicture(SPEC);
        Directory base = BigTiffWalker.directories(slide).getFirst();
        assertThat(base.all(324)).hasSize(5 * 3);
        assertThat(expected.difference(tile(slide, base, 7), 0, 1024, 512)).isLessThan(4);

        Directory half = BigTiffWalker.directories(slide).get(2);
        assertThat(half.all(324)).hasSize(3 * 2);
        BufferedImage right = tile(slide, half, 2);
        assertThat(expected.difference(right.getSubimage(0, 0, 256, 512), 1, 1024, 0))
                .isLessThan(4);
        // level 1 is 1280 wide: the tile's right half lies beyond
        assertThat(right.getRGB(400, 300) & 0xff).isGreaterThan(230);
    }

    @Test
    void focalPlanesAreForNdpiOnly() {
        assertThatThrownBy(() -> new SlideSpec(SlideFormat.SVS, 512, 512, 3, 64, 90, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one focal plane");
    }

    private Path make(SlideSpec spec) throws IOException {
        Path slide = directory.resolve("slide." + spec.format().extension());
        SlideMaker.write(spec, slide, Progress.NONE);
        return slide;
    }

    private static BufferedImage tile(Path slide, Directory level, int index) throws IOException {
        try (FileChannel channel = FileChannel.open(slide)) {
            byte[] jpeg = new byte[(int) level.all(325)[index]];
            NdpiWalker.read(channel, level.all(324)[index], jpeg.length).get(jpeg);
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        }
    }
}
