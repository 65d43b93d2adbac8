package org.omerods.omero.model;

import java.util.Comparator;
import java.util.List;

/** Files that were imported together, the images in them, and what is attached: a snapshot. Images are in series order. */
public record Fileset(
        long id,
        Person owner,
        Group group,
        List<OriginalFile> files,
        List<Image> images,
        List<Annotation> annotations) {
    public Fileset {
        files = List.copyOf(files);
        images = images.stream()
                .sorted(Comparator.comparingInt(Image::series).thenComparingLong(Image::id))
                .toList();
        annotations = List.copyOf(annotations);
    }

    /** Whether its import has succeeded. */
    public boolean isComplete() {
        return !images.isEmpty() && images.stream().allMatch(Image::complete);
    }
}
