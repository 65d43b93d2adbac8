package org.omerods.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long now;

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar("reading", new PrintStream(written, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shortThingsStayQuiet() {
        try (ProgressBar bar = bar(true)) {
            now = 900_000_000L;
            bar.advance(10, 10);
        }
        assertThat(text()).isEmpty();
    }

    @Test
    void longThingsTellShareRateAndTimeLeft() {
        try (ProgressBar bar = bar(true)) {
            now = 2_000_000_000L;
            bar.advance(1 << 20, 4 << 20);
            assertThat(text())
                    .contains("reading")
                    .contains("25 %")
                    .contains("512 KiB/s")
                    .contains("6s left");
        }
        assertThat(text()).endsWith("\033[K");
    }

    @Test
    void aFileGetsNoControlCharacters() {
        try (ProgressBar bar = bar(false)) {
            now = 60_000_000_000L;
            bar.advance(1, 10);
        }
        assertThat(text()).isEmpty();
    }

    @Test
    void anEmptyThingIsDone() {
        try (ProgressBar bar = bar(true)) {
            now = 2_000_000_000L;
            bar.advance(0, 0);
        }
        assertThat(text()).contains("100 %");
    }

    @Test
    void sizesHaveThreeDigits() {
        assertThat(Bytes.shown(0)).isEqualTo("0 B");
        assertThat(Bytes.shown(1536)).isEqualTo("1.50 KiB");
        assertThat(Bytes.shown(20L << 30)).isEqualTo("20.0 GiB");
        assertThat(Bytes.shown(999L << 40)).isEqualTo("999 TiB");
    }
}
