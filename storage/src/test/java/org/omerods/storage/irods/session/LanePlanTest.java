package org.omerods.storage.irods.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections are dealt out so that demand never waits behind prefetch, as far as there are enough. */
class LanePlanTest {
    static IntStream sizes() {
        return IntStream.rangeClosed(1, SessionSettings.MAX_CONNECTIONS);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyLaneHasConnectionsAndEveryConnectionALane(int connections) {
        LanePlan plan = LanePlan.of(connections);
        assertThat(Stream.of(Lane.values()).map(plan::slots)).noneMatch(java.util.List::isEmpty);
        assertThat(Stream.of(Lane.values())
                        .flatMap(lane -> plan.slots(lane).stream())
                        .distinct()
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, connections).boxed().toList());
        if (connections > 1) {
            assertThat(plan.demand()).doesNotContainAnyElementsOf(plan.transfer());
        }
        if (connections > 3) {
            assertThat(plan.write()).doesNotContainAnyElementsOf(plan.transfer());
        }
    }

    @Test
    void eightConnectionsAreDealtOutAsDocumented() {
        LanePlan plan = LanePlan.of(8);
        assertThat(plan.catalog()).containsExactly(0);
        assertThat(plan.demand()).containsExactly(1, 2);
        assertThat(plan.transfer()).containsExactly(3, 4, 5);
        assertThat(plan.write()).containsExactly(6, 7);
    }
}
