package org.omerods.fs.plan.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hamamatsu's: each level of each focal plane is a single JPEG, cut by restart markers. Levels without a table of them, and
 * the pictures of the glass, are left to the planning that needs no layout.
 */
final class HamamatsuNdpi implements SlideFormat {
    private static final int SIGN_BIT = 31;

    @Override
    public SlideKind kind() {
        return SlideKind.NDPI;
    }

    @Override
    public boolean recognises(Directory first, String description) {
        return first.has(Tags.NDPI_FORMAT);
    }

    @Override
    public List<ImageTables> images(List<Directory> directories, FileBytes bytes) {
        List<Long> planes = new ArrayList<>();
        List<ImageTables> images = new ArrayList<>();
        for (Directory directory : directories) {
            if (!isPictureOfTheGlass(directory, bytes)) {
                RestartTables.of(directory, plane(directory, planes, bytes), bytes)
                        .ifPresent(images::add);
            }
        }
        return images;
    }

    private static int plane(Directory directory, List<Long> planes, FileBytes bytes) {
        long focus = directory
                .field(Tags.NDPI_FOCUS)
                .filter(field -> field.count() == 1 && bytes.covers(field.at(), field.bytes()))
                .map(field -> bytes.number(field.at(), field.width()))
                .orElse(0L);
        if (!planes.contains(focus)) {
            planes.add(focus);
        }
        return planes.indexOf(focus);
    }

    /** The magnification is a float of 32 bits, whose sign is its highest bit. */
    private static boolean isPictureOfTheGlass(Directory directory, FileBytes bytes) {
        Optional<Field> lens = directory.field(Tags.NDPI_LENS).filter(field -> field.bytes() == 4);
        return lens.isPresent()
                && bytes.covers(lens.get().at(), 4)
                && bytes.number(lens.get().at(), 4) >>> SIGN_BIT == 1;
    }
}
