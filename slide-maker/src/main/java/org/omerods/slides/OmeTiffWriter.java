package org.omerods.slides;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.omerods.slides.tissue.SlidePicture;

/**
 * Writes a slide as OME-TIFF of the 6.0 specification: one image whose smaller levels hang below it as sub-directories, and
 * the metadata as XML in its description. A BigTIFF whatever its size. Not thread-safe.
 */
final class OmeTiffWriter implements SlideWriter {
    private static final int SUBFILE_TYPE = 254;
    private static final int DESCRIPTION = 270;
    private static final int SUB_DIRECTORIES = 330;
    private static final int REDUCED = 1;

    private final SlideSpec spec;
    private final SlidePicture picture;

    OmeTiffWriter(SlideSpec spec, SlidePicture picture) {
        this.spec = spec;
        this.picture = picture;
    }

    /** The smaller levels come first, since level 0's directory has to point to theirs. */
    @Override
    public void write(SlideSink sink) throws IOException {
        BigTiffDirectories directories = new BigTiffDirectories(sink);
        JpegImages images = new JpegImages(sink, picture, spec.quality());
        List<Level> levels = spec.levels();
        List<Long> offsets = new ArrayList<>();
        for (Level level : levels.subList(1, levels.size())) {
            List<TiffEntry> entries = images.tiled(level);
            entries.add(TiffEntry.number(SUBFILE_TYPE, REDUCED));
            offsets.add(directories.writeAside(entries));
        }
        List<TiffEntry> entries = images.tiled(levels.getFirst());
        entries.add(TiffEntry.number(SUBFILE_TYPE, 0));
        entries.add(TiffEntry.ascii(DESCRIPTION, metadata()));
        if (!offsets.isEmpty()) {
            entries.add(TiffEntry.wide(
                    SUB_DIRECTORIES, offsets.stream().mapToLong(Long::longValue).toArray()));
        }
        directories.write(entries);
    }

    private String metadata() {
        return String.format(
                Locale.ROOT,
                """
                <?xml version="1.0" encoding="UTF-8"?>\
                <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" Creator="%s">\
                <Image ID="Image:0" Name="synthetic slide, seed %d">\
                <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" Interleaved="true" \
                SizeX="%d" SizeY="%d" SizeC="3" SizeZ="1" SizeT="1" PhysicalSizeX="%.6f" PhysicalSizeY="%.6f">\
                <Channel ID="Channel:0:0" SamplesPerPixel="3"/>\
                <TiffData IFD="0" PlaneCount="1"/></Pixels></Image></OME>""",
                NdpiTags.SOFTWARE,
                spec.seed(),
                spec.width(),
                spec.height(),
                10_000.0 / NdpiTags.PIXELS_PER_CENTIMETRE,
                10_000.0 / NdpiTags.PIXELS_PER_CENTIMETRE);
    }
}
