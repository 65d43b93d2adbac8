package org.omerods.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.omerods.bench.machine.Shell;

/** A job of fio: a file under bench/fio, named for what it does. */
public final class FioJob {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TIMEOUT_SECONDS = 120;
    private static final Pattern FORMAT = Pattern.compile("(?m)^filename_format=(\\w+)\\.");
    private static final Pattern THREADS = Pattern.compile("(?m)^numjobs=(\\d+)");

    private final Path file;
    private final String text;

    private FioJob(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    public static boolean isInstalled() {
        return Shell.has("fio");
    }

    /** All jobs of a folder by name, those that write last: they keep disk and journal busy for a while. */
    public static List<FioJob> in(Path folder) throws IOException {
        List<FioJob> jobs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.fio")) {
            for (Path file : files) {
                jobs.add(new FioJob(file, Files.readString(file)));
            }
        }
        jobs.sort(Comparator.comparing(FioJob::writes).thenComparing(FioJob::name));
        return jobs;
    }

    public String name() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".fio".length());
    }

    /** Whether it writes, perhaps besides reading. */
    public boolean writes() {
        return text.contains("rw=write");
    }

    /** The files that it reads, of those that {@link FioFiles} makes: those of the first section, a number for each thread. */
    public List<String> reads() {
        Matcher format = FORMAT.matcher(text);
        if (!format.find()) {
            throw new IllegalStateException(file + " has no filename_format");
        }
        Matcher threads = THREADS.matcher(text);
        return FioFiles.names(format.group(1), threads.find() ? Integer.parseInt(threads.group(1)) : 1);
    }

    /**
     * Runs it.
     *
     * @param directory of {@link FioFiles}, where it also writes
     * @param largeBytes size of the large ones
     * @param hugeBytes size of the huge ones, and of those that are written
     */
    public FioResult run(Path directory, double seconds, long largeBytes, long hugeBytes)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("fio", "--output-format=json", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "DIRECTORY", directory.toString(),
                        "SECONDS", Math.max(1, Math.round(seconds)) + "s",
                        "SIZE", Long.toString(largeBytes),
                        "HUGE", Long.toString(hugeBytes)));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("fio " + name() + " failed: " + output);
        }
        return new FioResult(
                JSON.readTree(output.substring(output.indexOf('{'))).path("jobs"));
    }
}
