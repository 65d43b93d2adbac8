package org.omerods.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reads of a program, recorded once and done again: without its computing, so what is timed is the filesystem alone.
 * Recorded by bench/traces/record.py; each trace names the file that it belongs to. Immutable.
 */
public final class ReadTrace {
    private final List<Run> runs;

    private ReadTrace(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    /** Reads of equal length, each behind the other. */
    private record Run(long offset, int length, int count) {}

    /** @throws IOException when it is not there, or a line is not three numbers */
    public static ReadTrace of(Path file) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ");
            try {
                runs.add(new Run(Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(file + ": '" + line + "' is not offset, length and count", e);
            }
        }
        return new ReadTrace(runs);
    }

    /** How many reads there are. */
    public int reads() {
        return runs.stream().mapToInt(Run::count).sum();
    }

    /** Does all reads one after the other. */
    public Load replay(Path file) throws IOException {
        int largest = runs.stream().mapToInt(Run::length).max().orElse(1);
        long[] nanos = new long[reads()];
        int done = 0;
        long bytes = 0;
        long start = System.nanoTime();
        try (FileReader reader = FileReader.open(file, largest)) {
            for (Run run : runs) {
                for (int i = 0; i < run.count(); i++) {
                    long before = System.nanoTime();
                    reader.at(run.offset() + (long) i * run.length(), run.length());
                    nanos[done++] = System.nanoTime() - before;
                    bytes += run.length();
                }
            }
        }
        return new Load(bytes, nanos, (System.nanoTime() - start) / 1e9);
    }
}
