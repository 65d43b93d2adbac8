package org.omerods.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.omerods.bench.stage.SampleFile;

/**
 * What the jobs of fio read: {@code large.0} to {@code large.3}, {@code small.0} to {@code small.3}, {@code huge.0} to
 * {@code huge.3}, and {@code shared.0.0} to {@code shared.3.3}, of which each thread reads four. Those of a kind have the
 * same bytes and lie on the disk once.
 */
public final class FioFiles {
    /** As many as the threads of the largest job. */
    private static final int COUNT = 4;

    private static final long SMALL_BYTES = 5 << 20;
    private static final String SHARED = "shared";

    private final Map<String, Path> byName;

    private FioFiles(Map<String, Path> byName) {
        this.byName = byName;
    }

    /** Makes the bytes of the small and the large ones. */
    public static FioFiles make(Path folder, long largeBytes, Path huge) throws IOException {
        Path large = Files.createDirectories(folder).resolve("large");
        SampleFile.write(large, largeBytes);
        Path small = folder.resolve("small");
        SampleFile.write(small, SMALL_BYTES);
        Map<String, Path> byName = new TreeMap<>();
        Map.of("large", large, "small", small, "huge", huge, SHARED, small)
                .forEach((kind, file) -> names(kind, COUNT).forEach(name -> byName.put(name, file)));
        return new FioFiles(byName);
    }

    /** Where the bytes of one lie. */
    public Path bytesOf(String name) {
        Path file = byName.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no job reads a file " + name);
        }
        return file;
    }

    /** Links them into a folder. */
    public void linkInto(Path folder) throws IOException {
        for (Map.Entry<String, Path> file : byName.entrySet()) {
            Files.createLink(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Those of a kind that so many threads read; none of a kind that is written. */
    static List<String> names(String kind, int threads) {
        return switch (kind) {
            case "large", "small", "huge" ->
                IntStream.range(0, threads).mapToObj(i -> kind + "." + i).toList();
            case SHARED ->
                IntStream.range(0, threads * COUNT)
                        .mapToObj(i -> kind + "." + i / COUNT + "." + i % COUNT)
                        .toList();
            default -> List.of();
        };
    }
}
