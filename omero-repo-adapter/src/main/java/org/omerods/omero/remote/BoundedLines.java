package org.omerods.omero.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a program's output to its end on a thread of its own, so that the program never waits for us, and keeps the last
 * lines. Bytes that are no UTF-8 are shown as the replacement character.
 */
final class BoundedLines {
    /** An import of a plate prints a line for each of its files, some ten thousand. */
    private static final int MAX_LINES = 100_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    private BoundedLines(InputStream in, String name, Consumer<String> listener) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> read(in, listener));
    }

    static BoundedLines of(InputStream in, String name, Consumer<String> listener) {
        BoundedLines lines = new BoundedLines(in, name, listener);
        lines.thread.start();
        return lines;
    }

    private void read(InputStream in, Consumer<String> listener) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    if (lines.size() == MAX_LINES) {
                        lines.removeFirst();
                    }
                    lines.addLast(line);
                }
                listener.accept(line);
            }
        } catch (IOException e) {
            // the program was ended: what it said until then is kept
        }
    }

    /** Waits for the end of the output; a grandchild that keeps the pipe open is not waited for. */
    List<String> await(Duration limit) throws InterruptedException {
        var _ = thread.join(limit);
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }
}
