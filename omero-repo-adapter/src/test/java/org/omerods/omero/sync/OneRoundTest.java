package org.omerods.omero.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OneRoundTest {
    private static final Duration LATER = Duration.ofHours(1);

    private final SyncStatus status = new SyncStatus(InstantSource.system());
    private final List<String> passes = new ArrayList<>();

    private final class Task implements SyncTask {
        private final String name;
        private int more;
        private int underWay;

        Task(String name, int more, int underWay) {
            this.name = name;
            this.more = more;
            this.underWay = underWay;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration pass() throws IOException {
            passes.add(name);
            if (name.startsWith("broken")) {
                throw new IOException("the database is away");
            }
            return more-- > 0 ? Duration.ZERO : LATER;
        }

        @Override
        public boolean isUnderWay() {
            return underWay-- > 0;
        }
    }

    private List<OneRound.Outcome> run(Task... tasks) throws InterruptedException {
        return new OneRound(status, Duration.ofMillis(1)).run(List.of(tasks));
    }

    @Test
    void eachTaskIsPassedUntilThereIsNothingMoreToDo() throws Exception {
        assertThat(run(new Task("links", 2, 0), new Task("mirror", 0, 0)))
                .extracting(OneRound.Outcome::failure)
                .containsExactly(Optional.empty(), Optional.empty());
        assertThat(passes).containsExactly("links", "links", "links", "mirror");
    }

    @Test
    void whatIsUnderWayIsWaitedForBeforeTheNextTaskBegins() throws Exception {
        run(new Task("imports", 0, 3), new Task("mirror", 0, 0));
        assertThat(passes).containsExactly("imports", "imports", "imports", "imports", "mirror");
    }

    @Test
    void aTaskThatFailsIsToldAndKeepsNoOther() throws Exception {
        assertThat(run(new Task("broken", 0, 0), new Task("mirror", 0, 0)))
                .containsExactly(
                        new OneRound.Outcome("broken", Optional.of("the database is away")),
                        new OneRound.Outcome("mirror", Optional.empty()));
        assertThat(status.task("broken").failures()).isEqualTo(1);
        assertThat(status.task("mirror").passes()).isEqualTo(1);
    }
}
