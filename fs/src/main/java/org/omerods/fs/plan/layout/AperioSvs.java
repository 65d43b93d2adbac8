package org.omerods.fs.plan.layout;

import java.util.List;
import java.util.Optional;

/** Aperio's: one image, whose levels are the tiled directories of the chain; thumbnail, label and macro are in strips. */
final class AperioSvs implements SlideFormat {
    @Override
    public SlideKind kind() {
        return SlideKind.SVS;
    }

    @Override
    public boolean recognises(Directory first, String description) {
        return description.startsWith("Aperio");
    }

    @Override
    public List<ImageTables> images(List<Directory> directories, FileBytes bytes) {
        return directories.stream()
                .filter(directory -> directory.has(Tags.TILE_OFFSETS))
                .map(directory -> SegmentTables.of(directory, 0, bytes))
                .flatMap(Optional::stream)
                .toList();
    }
}
