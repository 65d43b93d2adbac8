package org.omerods.bench.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A program of this module in a JVM of its own, talked to by lines: it says one word and an answer when it is ready. It ends
 * when its input ends, so none outlives the benchmark, however that ends. One thread may talk to it.
 */
public final class JavaProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final BufferedReader lines;
    private final String answer;

    private JavaProcess(Process process, BufferedReader lines, String answer) {
        this.process = process;
        this.lines = lines;
        this.answer = answer;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param where puts a command in front, for a namespace
     * @param ready first word of the line by which it says so
     */
    public static JavaProcess start(
            UnaryOperator<List<String>> where, Class<?> program, List<String> arguments, String ready)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(where.apply(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith(ready + " ")) {
            line = lines.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException(program.getSimpleName() + " ended before it was ready; its errors stand above");
        }
        return new JavaProcess(process, lines, line.substring(ready.length() + 1));
    }

    /** What it said when it was ready. */
    public String answer() {
        return answer;
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a line and returns the line that answers it. */
    public String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String reply = lines.readLine();
        if (reply == null) {
            throw new IOException("the program ended instead of answering '" + line + "'; its errors stand above");
        }
        return reply;
    }

    /** For the program itself: says a line. */
    @SuppressWarnings("SystemOut") // it is how the two talk
    public static void say(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }

    /** For the program itself, where it takes no questions: ends this JVM when the input ends. */
    public static void exitWithInput() {
        Thread.ofPlatform().daemon().name("input").start(() -> {
            try {
                long ignored = System.in.transferTo(java.io.OutputStream.nullOutputStream());
                assert ignored >= 0;
            } catch (IOException e) {
                assert e != null; // an input that cannot be read has ended
            }
            Runtime.getRuntime().halt(0);
        });
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
