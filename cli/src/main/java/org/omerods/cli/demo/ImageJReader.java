package org.omerods.cli.demo;

import ij.ImageJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * ImageJ, where OpenSlide is not installed. ImageJ opens a JPEG but not one inside a TIFF, so the JPEG of a level is cut out
 * of the mounted file for it. It always decodes a whole level: its tile comes from a level that fits into memory.
 */
final class ImageJReader implements SlideReader {
    private static final int OVERVIEW_SIDE = 2000;
    private static final int TILE_SIDE = 1024;

    /** The largest level to decode: some 100 MB of pixels. */
    private static final long MAX_PIXELS = 24_000_000;

    private final Path scratch;

    /** @param scratch where the cut JPEGs lie for a moment */
    ImageJReader(Path scratch) {
        this.scratch = scratch;
        System.setProperty("java.awt.headless", "true");
    }

    @Override
    public String name() {
        return "ImageJ " + ImageJ.VERSION + " (OpenSlide's tools are not installed)";
    }

    @Override
    public String properties(Path slide) throws IOException {
        return NdpiLevel.of(slide).size() + " levels";
    }

    @Override
    public String overview(Path slide, Path png) throws IOException {
        List<NdpiLevel> levels = NdpiLevel.of(slide);
        NdpiLevel level = levels.stream()
                .filter(l -> Math.max(l.width(), l.height()) <= OVERVIEW_SIDE)
                .findFirst()
                .orElseGet(levels::getLast);
        save(open(slide, level), png);
        return "a level of " + level.width() + " x " + level.height() + " pixels";
    }

    @Override
    public String tile(Path slide, Path png) throws IOException {
        List<NdpiLevel> levels = NdpiLevel.of(slide);
        NdpiLevel level = levels.stream()
                .filter(l -> (long) l.width() * l.height() <= MAX_PIXELS)
                .findFirst()
                .orElseGet(levels::getLast);
        ImagePlus image = open(slide, level);
        int width = Math.min(TILE_SIDE, level.width());
        int height = Math.min(TILE_SIDE, level.height());
        int x = Math.min(DemoSlide.tileX(level.width()), level.width() - width);
        int y = Math.min(DemoSlide.tileY(level.height()), level.height() - height);
        image.setRoi(x, y, width, height);
        save(image.crop(), png);
        return width + " x " + height + " pixels of the level with " + level.width() + " x " + level.height();
    }

    private ImagePlus open(Path slide, NdpiLevel level) throws IOException {
        Path jpeg = Files.createTempFile(scratch, "level", ".jpg");
        try {
            Files.write(jpeg, level.jpeg(slide));
            ImagePlus image = new Opener().openImage(jpeg.toString());
            if (image == null) {
                throw new IOException("ImageJ cannot open the JPEG at byte " + level.offset() + " of " + slide);
            }
            return image;
        } finally {
            Files.deleteIfExists(jpeg);
        }
    }

    private static void save(ImagePlus image, Path png) throws IOException {
        if (!new FileSaver(image).saveAsPng(png.toString())) {
            throw new IOException("ImageJ cannot write " + png);
        }
    }
}
