package org.omerods.slides;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.omerods.slides.tissue.SlidePicture;

/**
 * Writes a slide as Aperio's scanners do: level 0, a thumbnail, the other levels, a photo of the glass, each with a
 * description by which readers know what it is. A BigTIFF whatever its size. Not thread-safe.
 */
final class SvsWriter implements SlideWriter {
    private static final int DESCRIPTION = 270;
    private static final int SUBFILE_TYPE = 254;

    /** How Aperio marks the photo: reduced image, and the bit of a mask. */
    private static final int MACRO_TYPE = 9;

    private final SlideSpec spec;
    private final SlidePicture picture;

    SvsWriter(SlideSpec spec, SlidePicture picture) {
        this.spec = spec;
        this.picture = picture;
    }

    @Override
    public void write(SlideSink sink) throws IOException {
        BigTiffDirectories directories = new BigTiffDirectories(sink);
        JpegImages images = new JpegImages(sink, picture, spec.quality());
        List<Level> levels = spec.levels();
        for (Level level : levels) {
            directories.write(described(images.tiled(level), 0, described(level)));
            if (level.index() == 0) {
                Level last = levels.getLast();
                directories.write(described(
                        images.strip(last), 0, size(levels.getFirst()) + " -> " + size(last) + " - " + quality()));
            }
        }
        MacroImage macro = new MacroImage(picture.map(), spec.seed());
        directories.write(described(
                images.strip(macro, spec.quality()),
                MACRO_TYPE,
                "macro " + MacroImage.WIDTH + "x" + MacroImage.HEIGHT));
    }

    private static List<TiffEntry> described(List<TiffEntry> entries, int type, String text) {
        entries.add(TiffEntry.number(SUBFILE_TYPE, type));
        entries.add(TiffEntry.ascii(DESCRIPTION, "Aperio Image Library (" + NdpiTags.SOFTWARE + ")\r\n" + text));
        return entries;
    }

    private String described(Level level) {
        Level base = spec.levels().getFirst();
        String whole = size(base) + " [0,0 " + size(base) + "] (512x512)";
        String shrunk = level.index() == 0 ? "" : " -> " + size(level);
        return whole + shrunk + " JPEG/RGB " + quality() + "|AppMag = 40|MPP = "
                + String.format(Locale.ROOT, "%.6f", 10_000.0 / NdpiTags.PIXELS_PER_CENTIMETRE) + "|Seed = "
                + spec.seed();
    }

    private static String size(Level level) {
        return level.width() + "x" + level.height();
    }

    private String quality() {
        return "Q=" + spec.quality();
    }
}
