package org.omerods.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace without a name. A program that reads its input holds it; when this process ends, even by kill -9, that
 * input ends, the program too, and with it the namespace: nothing is left behind.
 */
final class Namespace implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    private final Process holder;

    private Namespace(Process holder) {
        this.holder = holder;
    }

    static Namespace create() throws IOException, InterruptedException {
        // cat tells by an echo that the namespace is there
        Process holder = new ProcessBuilder("unshare", "--net", "cat").start();
        holder.getOutputStream().write('\n');
        holder.getOutputStream().flush();
        if (holder.getInputStream().read() != '\n') {
            holder.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            throw new IOException(
                    "no network namespace: " + text(holder.getErrorStream()) + "; run as root, or use --link proxy");
        }
        Namespace namespace = new Namespace(holder);
        namespace.run(List.of("ip", "link", "set", "lo", "up"));
        return namespace;
    }

    /** The command that runs {@code command} inside. */
    List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--net"));
        all.addAll(command);
        return all;
    }

    void run(List<String> command) throws IOException, InterruptedException {
        runHere(inside(command));
    }

    /** Moves an interface of ours inside. */
    void take(String networkInterface) throws IOException, InterruptedException {
        runHere(List.of("ip", "link", "set", networkInterface, "netns", Long.toString(holder.pid())));
    }

    static void runHere(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = text(process.getInputStream());
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
