package org.omerods.slides;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.omerods.slides.jpeg.JpegHeader;
import org.omerods.slides.jpeg.Scan;
import org.omerods.slides.tissue.SlidePicture;

/**
 * Writes a slide as Hamamatsu's NanoZoomers do: for each focal plane and each level one JPEG in a single strip, cut by
 * restart markers whose places are listed in tag 65426 (high words in 65432), behind it its directory; at the end a photo
 * of the whole glass (macro) and a grey map of it. Not thread-safe.
 */
final class NdpiWriter implements SlideWriter {
    private static final int MCU_STARTS = 65426;
    private static final int MCU_STARTS_HIGH = 65432;

    /** Nanometres between two focal planes. */
    private static final int PLANE_DISTANCE = 1000;

    private final SlideSpec spec;
    private final SlidePicture picture;
    private final NdpiTags tags;

    NdpiWriter(SlideSpec spec, SlidePicture picture) {
        this.spec = spec;
        this.picture = picture;
        this.tags = new NdpiTags(spec);
    }

    @Override
    public void write(SlideSink sink) throws IOException {
        NdpiDirectories directories = new NdpiDirectories(sink);
        for (int i = 0; i < spec.planes(); i++) {
            int plane = i - spec.planes() / 2;
            for (Level level : spec.levels()) {
                directories.write(level(sink, level, plane));
            }
        }
        MacroImage macro = new MacroImage(picture.map(), spec.seed());
        long start = sink.position();
        Scan scan = header(sink, MacroImage.WIDTH, MacroImage.HEIGHT, 0);
        macro.append(scan, spec.quality());
        scan.finish();
        directories.write(tags.macro(start, sink.position() - start));
        start = sink.position();
        sink.write(macro.map());
        directories.write(tags.map(start));
    }

    private List<TiffEntry> level(SlideSink sink, Level level, int plane) throws IOException {
        long start = sink.position();
        int interval = level.interval(spec.interval());
        Scan scan = header(sink, level.width(), level.height(), interval);
        int perRow = level.mcusAcross() / interval;
        int count = perRow * level.mcuRows();
        McuStarts starts = new McuStarts(count);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                scan.restart(i - 1);
            }
            starts.add(scan.position() - start);
            int from = i % perRow * interval;
            picture.append(scan, level.index(), plane, i / perRow, from, from + interval);
        }
        scan.finish();
        List<TiffEntry> entries =
                new ArrayList<>(tags.level(level, plane * PLANE_DISTANCE, start, sink.position() - start));
        entries.add(TiffEntry.numbers(MCU_STARTS, starts.low()));
        if (starts.high().length > 0) {
            entries.add(TiffEntry.numbers(MCU_STARTS_HIGH, starts.high()));
        }
        return entries;
    }

    private Scan header(SlideSink sink, int width, int height, int interval) throws IOException {
        sink.write(new JpegHeader(spec.quality()).bytes(width, height, interval, NdpiTags.SOFTWARE));
        return new Scan(sink);
    }
}
