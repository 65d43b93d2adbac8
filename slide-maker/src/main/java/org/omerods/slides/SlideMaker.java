package org.omerods.slides;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.omerods.slides.tissue.SlidePicture;
import org.omerods.slides.tissue.TissueMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes whole-slide images that real programs open, of any size, in bounded memory (some hundred megabytes) and on the
 * calling thread. The bytes are real: nothing is sparse, and all of them are the picture's.
 *
 * <p>The picture is tissue that is a function of seed and position. It is composed of tiles, a few hundred of which are
 * painted and JPEG-coded once per level; a slide's scan is their MCU rows joined at bit level. So a 20 GB slide costs what
 * copying costs, every level shows the same tissue, and no two places have the same bytes.
 */
public final class SlideMaker {
    private static final Logger log = LoggerFactory.getLogger(SlideMaker.class);

    /** Tiles of the slide per variant of a kind of tile: small slides shall not spend their time on painting. */
    private static final int TILES_PER_VARIANT = 400;

    /** Fewer repeat visibly. */
    private static final int MIN_VARIANTS = 3;

    /** With so many looks of each kind, repetition is hardly seen; three more cost two seconds and 20 MB. */
    private static final int MAX_VARIANTS = 9;

    private SlideMaker() {}

    /**
     * Writes a slide, replacing what is there. A file that could not be completed is removed.
     *
     * @throws IOException when the file cannot be written; also when the thread is interrupted
     */
    public static SlideReport write(SlideSpec spec, Path target, Progress progress) throws IOException {
        long start = System.nanoTime();
        boolean complete = false;
        try (FileChannel channel = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            FileSink sink = new FileSink(channel, progress, spec.expectedBytes());
            writer(spec).write(sink);
            progress.at(sink.position(), sink.position());
            complete = true;
            double seconds = (System.nanoTime() - start) / 1e9;
            log.debug(
                    "{} x {} pixels, {} bytes in {} s: {}",
                    spec.width(),
                    spec.height(),
                    sink.position(),
                    seconds,
                    target);
            return new SlideReport(spec.levels(), sink.position(), seconds);
        } finally {
            if (!complete) {
                Files.deleteIfExists(target);
            }
        }
    }

    static SlideWriter writer(SlideSpec spec) {
        SlidePicture picture = new SlidePicture(map(spec), spec.seed(), spec.quality());
        return switch (spec.format()) {
            case NDPI -> new NdpiWriter(spec, picture);
            case SVS -> new SvsWriter(spec, picture);
            case OME_TIFF -> new OmeTiffWriter(spec, picture);
        };
    }

    /** What is where on the slide of a spec. */
    static TissueMap map(SlideSpec spec) {
        int tiles = spec.tilesAcross() * spec.tilesDown();
        int variants = Math.clamp(tiles / TILES_PER_VARIANT, MIN_VARIANTS, MAX_VARIANTS);
        return new TissueMap(spec.seed(), spec.tilesAcross(), spec.tilesDown(), variants);
    }
}
