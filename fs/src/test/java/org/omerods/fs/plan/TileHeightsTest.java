package org.omerods.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.fs.plan.layout.MadeSlides;
import org.omerods.fs.plan.layout.SlideLevel;
import org.omerods.slides.SlideFormat;

class TileHeightsTest {
    /** Segments of 8 rows of pixels: 64 of them are a tile of 512. */
    private SlideLevel level;

    private final TileHeights heights = new TileHeights(2);

    @BeforeEach
    void aLevel() throws IOException {
        level = MadeSlides.layout(SlideFormat.NDPI).levels().getFirst();
        assertThat(level.grid().segmentHeight()).isEqualTo(8);
    }

    @Test
    void beforeAnythingIsKnownATileHas512Rows() {
        assertThat(heights.isKnown(0)).isFalse();
        assertThat(heights.rows(0, level)).isEqualTo(64);
        heights.learn(0, 7);
        assertThat(heights.isKnown(0)).as("too few rows to learn from").isFalse();
    }

    @Test
    void eachLevelHasItsOwn() {
        heights.learn(1, 32);
        assertThat(heights.isKnown(0)).isFalse();
        assertThat(heights.rows(1, level)).isEqualTo(32);
    }

    @Test
    void aLowerTileIsBelievedWhenItComesTwiceAndAHigherOneAtOnce() {
        heights.learn(0, 64);
        heights.learn(0, 32);
        assertThat(heights.rows(0, level)).isEqualTo(64);
        heights.learn(0, 32);
        assertThat(heights.rows(0, level)).isEqualTo(32);
        heights.learn(0, 65);
        assertThat(heights.rows(0, level))
                .as("rounded up where that is a quarter more")
                .isEqualTo(65);
    }

    @Test
    void aFewOverlookedRowsDoNotCount() {
        heights.learn(0, 57);
        assertThat(heights.rows(0, level)).isEqualTo(64);
    }

    @Test
    void aTileThatGoesOnIsAtLeastAsHighAsUsual() {
        heights.learn(0, 11);
        assertThat(heights.rows(0, level, 11)).isEqualTo(11);
        assertThat(heights.rows(0, level, 12)).as("a little more").isEqualTo(27);
        assertThat(heights.rows(0, level, 20)).isEqualTo(64);
        heights.learn(0, 64);
        assertThat(heights.rows(0, level, 66)).isEqualTo(80);
        assertThat(heights.rows(0, level, 70)).isEqualTo(128);
    }
}
