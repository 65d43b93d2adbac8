package org.omerods.cli.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line that tells how far something is, on a terminal only, from its second second on: short things stay quiet, and a
 * log file gets no control characters. Thread-safe.
 */
public final class ProgressBar implements AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final LongSupplier nanoTime;
    private final long start;
    private long drawn;
    private boolean visible;

    public ProgressBar(String what) {
        this(what, System.err, onTerminal(), System::nanoTime);
    }

    ProgressBar(String what, PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.what = what;
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.drawn = start;
    }

    @SuppressWarnings("SystemConsoleNull") // it is null again on JDK 25 where input or output is redirected
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Tells that {@code done} of {@code total} bytes are through; draws when it is time to. */
    public synchronized void advance(long done, long total) {
        long now = nanoTime.getAsLong();
        if (!terminal || now - start < QUIET_NANOS || (now - drawn < REDRAW_NANOS && done < total)) {
            return;
        }
        drawn = now;
        visible = true;
        double part = total <= 0 ? 1 : Math.min(1, (double) done / total);
        int filled = (int) (part * WIDTH);
        double seconds = (now - start) / 1e9;
        long left = part <= 0 ? 0 : Math.round(seconds / part - seconds);
        out.print(String.format(
                Locale.ROOT,
                "\r%s [%s%s] %3.0f %%  %s/s  %s left \033[K",
                what,
                "=".repeat(filled),
                " ".repeat(WIDTH - filled),
                part * 100,
                Bytes.shown((long) (done / seconds)),
                Duration.ofSeconds(left).toString().substring(2).toLowerCase(Locale.ROOT)));
        out.flush();
    }

    /** Wipes the line. */
    @Override
    public synchronized void close() {
        if (visible) {
            out.print("\r\033[K");
            out.flush();
            visible = false;
        }
    }
}
