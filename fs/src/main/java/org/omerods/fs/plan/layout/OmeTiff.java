package org.omerods.fs.plan.layout;

import java.util.List;
import java.util.Optional;

/** OME-TIFF 6: each directory of the chain is a plane (channel, focus, time), the smaller levels of it hang below. */
final class OmeTiff implements SlideFormat {
    @Override
    public SlideKind kind() {
        return SlideKind.OME_TIFF;
    }

    @Override
    public boolean recognises(Directory first, String description) {
        return description.contains("<OME");
    }

    @Override
    public List<ImageTables> images(List<Directory> directories, FileBytes bytes) {
        return directories.stream()
                .map(directory -> SegmentTables.of(directory, directory.root(), bytes))
                .flatMap(Optional::stream)
                .toList();
    }
}
