package org.omerods.omero.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words of {@code omero import} behind the log-in. Pure. */
final class ImportArguments {
    private ImportArguments() {}

    /**
     * @param excludeKnown leave out what the user has already imported from the same path
     * @param files key files or folders, absolute
     */
    static List<String> of(ImportSettings settings, String target, boolean excludeKnown, List<Path> files) {
        List<String> words = new ArrayList<>(List.of("--transfer=ln_s"));
        settings.skip().forEach(word -> words.add("--skip=" + word)); // a list of words is a usage error
        if (excludeKnown) {
            words.add("--exclude=clientpath");
        }
        if (!target.isEmpty()) {
            words.addAll(List.of("-T", target));
        }
        if (files.size() > 1) {
            words.add("-c"); // else the first that fails aborts the others and leaves their filesets without images
        }
        words.add("--output=yaml");
        files.forEach(file -> words.add(file.toString()));
        return words;
    }
}
