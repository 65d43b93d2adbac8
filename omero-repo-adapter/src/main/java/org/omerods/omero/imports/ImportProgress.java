package org.omerods.omero.imports;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a running import, for a person to watch.
 *
 * @param done filesets through, whatever came of them
 * @param total filesets in all
 * @param stage the importer's own word for what it does: {@code FILESET_UPLOAD_START}, {@code METADATA_IMPORTED 1 of 5}
 */
public record ImportProgress(int done, int total, String stage) {
    private static final Pattern STAGE = Pattern.compile(".*LoggingImportMonitor] (\\w+)(?: Step: (\\d+ of \\d+))?.*");

    /** The stage that a line of the importer's log announces. */
    static Optional<String> stageOf(String line) {
        Matcher matcher = STAGE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + " " + matcher.group(2));
    }

    /** Whether the stage is the last of its fileset. */
    static boolean isLast(String stage) {
        return stage.equals("IMPORT_DONE");
    }
}
