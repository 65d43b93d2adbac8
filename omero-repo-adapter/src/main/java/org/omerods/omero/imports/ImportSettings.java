package org.omerods.omero.imports;

import java.time.Duration;
import java.util.List;

/**
 * How imports are run.
 *
 * @param skip words for {@code --skip}, each given by itself. {@code checksum} is what matters for a large slide: without
 *     it importer and server read the whole file. {@code minmax} costs nothing for planes above 3,192 pixels and gives
 *     smaller ones usable contrast.
 * @param timeout of one run of the importer, with all that it imports
 * @param parallel runs at the same time, each a JVM of about 500 MB
 */
public record ImportSettings(List<String> skip, Duration timeout, int parallel) {
    private static final List<String> WORDS = List.of("all", "checksum", "minmax", "thumbnails", "upgrade");
    private static final int MAX_PARALLEL = 64;

    public static final ImportSettings DEFAULT =
            new ImportSettings(List.of("checksum", "upgrade"), Duration.ofHours(6), 2);

    public ImportSettings {
        skip = List.copyOf(skip);
        for (String word : skip) {
            if (!WORDS.contains(word)) {
                throw new IllegalArgumentException("omero import cannot skip '" + word + "': use " + WORDS);
            }
        }
        if (parallel < 1 || parallel > MAX_PARALLEL || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("imports: " + parallel + " in parallel, timeout " + timeout);
        }
    }
}
