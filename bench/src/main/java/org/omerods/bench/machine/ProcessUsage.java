package org.omerods.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process used of the machine until now, from /proc.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param rssBytes resident memory, with mapped files
 * @param anonymousBytes resident memory without them: heap, stacks, code of the JIT compiler
 * @param threads that it has at this moment
 */
public record ProcessUsage(double cpuSeconds, long rssBytes, long anonymousBytes, int threads) {
    /** USER_HZ: what /proc counts in, on all Linux architectures that a JVM runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Places in /proc/PID/stat after the command, whose parentheses may hold anything. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /** @throws IOException when there is no such process any more */
    public static ProcessUsage of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double cpu = (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
        long rss = 0;
        long anonymous = 0;
        int threads = 0;
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                rss = kibibytes(line);
            } else if (line.startsWith("RssAnon:")) {
                anonymous = kibibytes(line);
            } else if (line.startsWith("Threads:")) {
                threads = Integer.parseInt(line.substring("Threads:".length()).strip());
            }
        }
        return new ProcessUsage(cpu, rss, anonymous, threads);
    }

    private static long kibibytes(String line) {
        String[] words = line.split("\\s+");
        return Long.parseLong(words[1]) * 1024;
    }
}
