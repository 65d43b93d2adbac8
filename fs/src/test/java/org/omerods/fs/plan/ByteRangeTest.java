package org.omerods.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The arithmetic of ranges. */
class ByteRangeTest {

    @Test
    void alignmentGoesOutwardsAndEndsAtTheSize() {
        assertThat(new ByteRange(5, 9).alignedTo(4, 100)).isEqualTo(new ByteRange(4, 12));
        assertThat(new ByteRange(4, 8).alignedTo(4, 100)).isEqualTo(new ByteRange(4, 8));
        assertThat(new ByteRange(97, 99).alignedTo(4, 99)).isEqualTo(new ByteRange(96, 99));
    }

    @Test
    void minusLeavesBothEnds() {
        ByteRange range = new ByteRange(10, 20);
        assertThat(range.minus(new ByteRange(12, 15))).containsExactly(new ByteRange(10, 12), new ByteRange(15, 20));
        assertThat(range.minus(new ByteRange(0, 30))).isEmpty();
        assertThat(range.minus(new ByteRange(20, 30))).containsExactly(range);
        assertThat(range.minus(new ByteRange(5, 11))).containsExactly(new ByteRange(11, 20));
    }

    @Test
    void cutsAreAtMultiples() {
        assertThat(new ByteRange(3, 9).cutAt(4))
                .containsExactly(new ByteRange(3, 4), new ByteRange(4, 8), new ByteRange(8, 9));
        assertThat(new ByteRange(4, 4).cutAt(4)).isEmpty();
    }

    @Test
    void touchingRangesDoNotOverlap() {
        assertThat(new ByteRange(0, 4).overlaps(new ByteRange(4, 8))).isFalse();
        assertThat(new ByteRange(0, 5).overlaps(new ByteRange(4, 8))).isTrue();
    }

    @Test
    void aRangeCannotEndBeforeItsStart() {
        assertThatThrownBy(() -> new ByteRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.of(Long.MAX_VALUE, 2)).isInstanceOf(ArithmeticException.class);
    }
}
