package org.omerods.cli.daemon;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The same command once more, in a process that goes on when the terminal is closed. The child says {@link #READY} on its
 * standard output when it is of use, and only then does the parent return.
 */
public final class DetachedProcess {
    private static final String READY = "omerods: ready";
    private static final int LOG_LINES_SHOWN = 5;

    private DetachedProcess() {}

    /**
     * Starts this JVM's command line again with other arguments and waits until the child is ready.
     *
     * @param log where the child's standard error goes, appended
     * @return its process id
     * @throws IOException when it ends before; the message has the end of what it logged
     */
    public static long start(List<String> arguments, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        long before = Files.exists(log) ? Files.size(log) : 0;
        List<String> command = new ArrayList<>(thisJvm());
        command.addAll(arguments);
        Process child = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(READY)) {
                    return child.pid();
                }
            }
        }
        throw new IOException(endOf(log, before) + " (the whole log is " + log + ")");
    }

    /** In the child: leaves the terminal's session, so that its hang-up and Ctrl-C are not ours. */
    public static void detach() {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle setsid = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setsid"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
            int _ = (int) setsid.invokeExact();
        } catch (Throwable e) {
            LoggerFactory.getLogger(DetachedProcess.class).warn("cannot leave the terminal's session", e);
        }
    }

    /** In the child: tells the parent to go home, and closes the way to it. */
    public static void ready() {
        System.out.println(READY);
        System.out.flush();
        System.out.close();
    }

    private static List<String> thisJvm() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> command = new ArrayList<>();
        command.add(info.command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.omerods.cli.Main"));
        return command;
    }

    private static String endOf(Path log, long from) throws IOException {
        byte[] all = Files.readAllBytes(log);
        String text = new String(
                all,
                (int) Math.min(from, all.length),
                all.length - (int) Math.min(from, all.length),
                StandardCharsets.UTF_8);
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        String end =
                lines.stream().skip(Math.max(0, lines.size() - LOG_LINES_SHOWN)).collect(Collectors.joining("\n"));
        return end.isEmpty() ? "the daemon ended without a word" : end;
    }
}
