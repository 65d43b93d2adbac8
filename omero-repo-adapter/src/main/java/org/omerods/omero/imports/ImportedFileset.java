package org.omerods.omero.imports;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the importer reports on its standard output when something was imported.
 *
 * @param id number of the fileset
 * @param images numbers of its images, not in the order of the series
 * @param plates numbers of its plates; the importer then names no images
 */
public record ImportedFileset(long id, List<Long> images, List<Long> plates) {
    public ImportedFileset {
        images = List.copyOf(images);
        plates = List.copyOf(plates);
    }

    /** {@code Fileset:2 Image:2,3,4}. */
    public String text() {
        return "Fileset:" + id + list(" Image:", images) + list(" Plate:", plates);
    }

    private static String list(String title, List<Long> ids) {
        return ids.isEmpty() ? "" : ids.stream().map(String::valueOf).collect(Collectors.joining(",", title, ""));
    }
}
