package org.omerods.slides;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.omerods.slides.jpeg.JpegHeader;
import org.omerods.slides.jpeg.Scan;
import org.omerods.slides.tissue.SlidePicture;
import org.omerods.slides.tissue.TissuePainter;

/**
 * Writes levels as complete JPEGs, tiled or in one strip, and makes the entries that tell where they are. Each tile has its
 * own header with tables: 623 bytes more than with shared tables, and every JPEG reader can read a tile alone. Not
 * thread-safe.
 */
final class JpegImages {
    private static final int TILE = TissuePainter.SIZE;
    private static final int TILE_MCUS = TILE / Level.MCU;
    private static final int COMPRESSION_JPEG = 7;
    private static final int PHOTOMETRIC_YCBCR = 6;

    private final SlideSink sink;
    private final SlidePicture picture;
    private final JpegHeader header;
    private final Scan scan;

    JpegImages(SlideSink sink, SlidePicture picture, int quality) {
        this.sink = sink;
        this.picture = picture;
        this.header = new JpegHeader(quality);
        this.scan = new Scan(sink);
    }

    /** Writes a level as tiles, row by row; what lies beyond its edge is glass. */
    List<TiffEntry> tiled(Level level) throws IOException {
        int across = Math.ceilDiv(level.width(), TILE);
        int down = Math.ceilDiv(level.height(), TILE);
        long[] offsets = new long[across * down];
        long[] counts = new long[across * down];
        byte[] start = header.bytes(TILE, TILE, 0, NdpiTags.SOFTWARE);
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = sink.position();
            sink.write(start);
            for (int row = 0; row < TILE_MCUS; row++) {
                int from = i % across * TILE_MCUS;
                picture.append(scan, level.index(), 0, i / across * TILE_MCUS + row, from, from + TILE_MCUS);
            }
            scan.finish();
            counts[i] = sink.position() - offsets[i];
        }
        List<TiffEntry> entries = colour(level.width(), level.height());
        entries.add(TiffEntry.shorts(322, TILE));
        entries.add(TiffEntry.shorts(323, TILE));
        entries.add(TiffEntry.wide(324, offsets));
        entries.add(TiffEntry.wide(325, counts));
        return entries;
    }

    /** Writes a level as a single strip. */
    List<TiffEntry> strip(Level level) throws IOException {
        long offset = sink.position();
        sink.write(header.bytes(level.width(), level.height(), 0, NdpiTags.SOFTWARE));
        for (int row = 0; row < level.mcuRows(); row++) {
            picture.append(scan, level.index(), 0, row, 0, level.mcusAcross());
        }
        scan.finish();
        return strip(level.width(), level.height(), offset);
    }

    /** Writes the photo of the glass as a single strip. */
    List<TiffEntry> strip(MacroImage macro, int quality) throws IOException {
        long offset = sink.position();
        sink.write(header.bytes(MacroImage.WIDTH, MacroImage.HEIGHT, 0, NdpiTags.SOFTWARE));
        macro.append(scan, quality);
        scan.finish();
        return strip(MacroImage.WIDTH, MacroImage.HEIGHT, offset);
    }

    private List<TiffEntry> strip(int width, int height, long offset) {
        List<TiffEntry> entries = colour(width, height);
        entries.add(TiffEntry.wide(273, offset));
        entries.add(TiffEntry.number(278, height));
        entries.add(TiffEntry.wide(279, sink.position() - offset));
        return entries;
    }

    private static List<TiffEntry> colour(int width, int height) {
        List<TiffEntry> entries = new ArrayList<>();
        entries.add(TiffEntry.number(256, width));
        entries.add(TiffEntry.number(257, height));
        entries.add(TiffEntry.shorts(258, 8, 8, 8));
        entries.add(TiffEntry.shorts(259, COMPRESSION_JPEG));
        entries.add(TiffEntry.shorts(262, PHOTOMETRIC_YCBCR));
        entries.add(TiffEntry.shorts(277, 3));
        entries.add(TiffEntry.shorts(284, 1));
        entries.add(TiffEntry.ascii(305, NdpiTags.SOFTWARE));
        entries.add(TiffEntry.shorts(530, 1, 1));
        return entries;
    }
}
