package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;

/** The fewest changes from what is there to what should be. */
class AvuDiffTest {
    private static final Avu A = new Avu("a", "1", "");
    private static final Avu B = new Avu("b", "1", "");
    private static final Avu C = new Avu("c", "1", "");

    @Test
    void whatIsAsItShouldBeCostsNothing() {
        assertThat(AvuDiff.between(Set.of(A, B), Set.of(A, B), Set.of(A, B, C))).isEmpty();
    }

    @Test
    void removalsComeFirst() {
        assertThat(AvuDiff.between(Set.of(B), Set.of(A), Set.of(A)))
                .isEqualTo(List.of(new Operation.Remove(A), new Operation.Add(B)));
    }

    @Test
    void triplesOfOthersAreNeitherRemovedNorAddedTwice() {
        assertThat(AvuDiff.between(Set.of(A), Set.of(), Set.of(A, C))).isEmpty();
    }

    @Test
    void theOrderIsAlwaysTheSame() {
        assertThat(AvuDiff.between(Set.of(C, A, B), Set.of(), Set.of()))
                .isEqualTo(List.of(new Operation.Add(A), new Operation.Add(B), new Operation.Add(C)));
    }
}
