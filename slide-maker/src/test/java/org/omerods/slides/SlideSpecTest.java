package org.omerods.slides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlideSpecTest {
    @ParameterizedTest
    @ValueSource(longs = {16L << 20, 64L << 20, 1L << 30, 5_000_000_000L, 20L << 30, 200L << 30})
    void expectedSizeIsNearTheWantedOne(long bytes) {
        assertThat((double) SlideSpec.ofBytes(bytes).expectedBytes() / bytes).isCloseTo(1, within(0.15));
    }

    @Test
    void theFileIsAboutAsLargeAsExpected(@TempDir Path directory) throws IOException {
        SlideSpec spec = SlideSpec.ofBytes(24L << 20);
        SlideReport report = SlideMaker.write(spec, directory.resolve("slide.ndpi"), Progress.NONE);
        assertThat(report.bytes())
                .isEqualTo(directory.resolve("slide.ndpi").toFile().length());
        assertThat((double) report.bytes() / spec.expectedBytes()).isCloseTo(1, within(0.15));
    }

    @ParameterizedTest
    @ValueSource(longs = {4_000_000_000L, 20L << 30})
    void eachJpegOfALargeSlideStaysBelowFourGibibytes(long bytes) {
        SlideSpec spec = SlideSpec.ofBytes(bytes);
        assertThat(spec.expectedBytes() / 1.28 / spec.planes()).isLessThan(0.9 * (1L << 32));
    }

    @Test
    void aByteIsEnoughToAskFor() {
        assertThat(SlideSpec.ofBytes(1))
                .extracting(SlideSpec::width, SlideSpec::height)
                .containsExactly(512, 512);
    }

    @Test
    void restartIntervalsDivideEveryRow() {
        for (Level level : SlideSpec.ofBytes(1L << 30).levels()) {
            assertThat(level.mcusAcross() % level.interval(256)).isZero();
        }
    }

    @Test
    void sidesThatAreNotWholeTilesAreRefused() {
        assertThatThrownBy(() -> new SlideSpec(SlideFormat.NDPI, 1000, 512, 1, 64, 90, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width is a multiple of 512");
    }
}
