package org.omerods.omero.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fileset as OMERO's importer would make it, which {@code omero import -f} lists without importing.
 *
 * @param keyFile the file that stands for all of them: giving it to the importer imports the fileset
 * @param reader class of Bio-Formats that reads it
 * @param plate whether it is a plate of a screen
 * @param files all files, absolute
 */
public record FilesetCandidate(String keyFile, String reader, boolean plate, List<String> files) {
    private static final Pattern GROUP = Pattern.compile("# Group: (.*) SPW: (true|false) Reader: (\\S+)\\s*");

    public FilesetCandidate {
        files = List.copyOf(files);
    }

    /** Reads the listing: a comment line for each group, then its files, one a line. */
    public static List<FilesetCandidate> parse(List<String> output) {
        List<FilesetCandidate> candidates = new ArrayList<>();
        List<String> files = new ArrayList<>();
        @Nullable FilesetCandidate group = null;
        for (String line : output) {
            Matcher matcher = GROUP.matcher(line);
            if (matcher.matches()) {
                flush(group, files, candidates);
                group = new FilesetCandidate(
                        matcher.group(1), matcher.group(3), Boolean.parseBoolean(matcher.group(2)), List.of());
            } else if (line.startsWith("/")) {
                files.add(line);
            }
        }
        flush(group, files, candidates);
        return candidates;
    }

    private static void flush(@Nullable FilesetCandidate group, List<String> files, List<FilesetCandidate> to) {
        if (group != null) {
            to.add(new FilesetCandidate(group.keyFile, group.reader, group.plate, files));
        }
        files.clear();
    }
}
