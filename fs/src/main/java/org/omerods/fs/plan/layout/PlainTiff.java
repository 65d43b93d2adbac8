package org.omerods.fs.plan.layout;

import java.util.List;
import java.util.Optional;

/**
 * Any TIFF or BigTIFF: a pyramid is a chain of directories, each smaller than the one before, or hangs below its first one.
 * What is not smaller begins the next image.
 */
final class PlainTiff implements SlideFormat {
    @Override
    public SlideKind kind() {
        return SlideKind.TIFF;
    }

    @Override
    public boolean recognises(Directory first, String description) {
        return true;
    }

    @Override
    public List<ImageTables> images(List<Directory> directories, FileBytes bytes) {
        PlaneCounter planes = new PlaneCounter();
        return directories.stream()
                .map(directory -> SegmentTables.of(directory, planes.next(directory, bytes), bytes))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Numbers the images one after the other. */
    private static final class PlaneCounter {
        private int plane = -1;
        private long width;

        int next(Directory directory, FileBytes bytes) {
            long next = directory.number(Tags.WIDTH, bytes).orElse(0);
            boolean smaller = directory.sub() || (plane >= 0 && next < width);
            plane = smaller ? Math.max(plane, 0) : plane + 1;
            width = next;
            return plane;
        }
    }
}
