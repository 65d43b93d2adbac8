package org.omerods.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TeardownTest {
    private final List<String> undone = new ArrayList<>();

    @Test
    void stepsAreUndoneOnceInReverseOrder() throws InterruptedException {
        Teardown teardown = Teardown.atExit();
        teardown.add(() -> undone.add("zone"));
        teardown.add(() -> undone.add("mount"));
        teardown.close();
        teardown.close();
        assertThat(undone).containsExactly("mount", "zone");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingUndone() throws InterruptedException {
        Teardown teardown = Teardown.atExit();
        teardown.add(() -> undone.add("zone"));
        teardown.add(() -> {
            throw new IOException("busy");
        });
        teardown.close();
        assertThat(undone).containsExactly("zone");
    }

    @Test
    void whatComesTooLateIsUndoneAtOnceAndItsMakerIsToldToStop() {
        Teardown teardown = Teardown.atExit();
        teardown.close();
        assertThatThrownBy(() -> teardown.add(() -> undone.add("mount"))).isInstanceOf(InterruptedException.class);
        assertThat(undone).containsExactly("mount");
    }

    @Test
    void aStepUndoneBeforeItsTimeIsNotUndoneAgain() throws InterruptedException {
        Teardown teardown = Teardown.atExit();
        AutoCloseable mount = teardown.add(() -> undone.add("mount"));
        teardown.undoNow(mount);
        teardown.close();
        assertThat(undone).containsExactly("mount");
    }

    @Test
    void aProgramStartedTooLateIsStopped() {
        Teardown teardown = Teardown.atExit();
        teardown.close();
        teardown.running(() -> undone.add("program"));
        assertThat(undone).containsExactly("program");
    }
}
