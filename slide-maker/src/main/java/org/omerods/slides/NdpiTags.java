package org.omerods.slides;

import java.util.ArrayList;
import java.util.List;

/**
 * What the directories of an NDPI say. The maker is "Hamamatsu", since by that readers know the format; software, model and
 * properties tell that no scanner was involved. Immutable.
 */
final class NdpiTags {
    static final String SOFTWARE = "OMERODS slide maker";

    /** Pixels per centimetre of level 0: 0.228 µm a pixel, as a 40x scan has. */
    static final int PIXELS_PER_CENTIMETRE = 43_826;

    private static final float LENS = 40;
    private static final float LENS_OF_MACRO = -1;
    private static final float LENS_OF_MAP = -2;
    private static final int MACRO_PIXELS_PER_CENTIMETRE = 156;
    private static final int COMPRESSION_NONE = 1;
    private static final int COMPRESSION_JPEG = 7;
    private static final int PHOTOMETRIC_GREY = 1;
    private static final int PHOTOMETRIC_YCBCR = 6;
    private static final int UNIT_CENTIMETRE = 3;

    /** Nanometres from the slide's centre to the scan's: any would do. */
    private static final int X_OFFSET = 1_500_000;

    private static final int Y_OFFSET = -250_000;

    private final SlideSpec spec;

    NdpiTags(SlideSpec spec) {
        this.spec = spec;
    }

    /** All but the restart markers' places. */
    List<TiffEntry> level(Level level, int zOffset, long start, long bytes) {
        List<TiffEntry> entries = image(level.width(), level.height(), start, bytes);
        entries.addAll(resolution(PIXELS_PER_CENTIMETRE, 1 << level.index()));
        entries.addAll(colour());
        entries.add(TiffEntry.shorts(530, 1, 1));
        entries.add(TiffEntry.decimal(65421, LENS / (1 << level.index())));
        entries.add(TiffEntry.signed(65422, X_OFFSET));
        entries.add(TiffEntry.signed(65423, Y_OFFSET));
        entries.add(TiffEntry.signed(65424, zOffset));
        entries.add(TiffEntry.number(65441, 1));
        return entries;
    }

    List<TiffEntry> macro(long start, long bytes) {
        List<TiffEntry> entries = image(MacroImage.WIDTH, MacroImage.HEIGHT, start, bytes);
        entries.addAll(resolution(MACRO_PIXELS_PER_CENTIMETRE, 1));
        entries.addAll(colour());
        entries.add(TiffEntry.decimal(65421, LENS_OF_MACRO));
        entries.add(TiffEntry.signed(65422, 0));
        entries.add(TiffEntry.signed(65423, 0));
        entries.add(TiffEntry.number(65441, 8));
        return entries;
    }

    List<TiffEntry> map(long start) {
        List<TiffEntry> entries =
                image(MacroImage.MAP_WIDTH, MacroImage.MAP_HEIGHT, start, MacroImage.MAP_WIDTH * MacroImage.MAP_HEIGHT);
        entries.addAll(resolution(MACRO_PIXELS_PER_CENTIMETRE, 2));
        entries.add(TiffEntry.shorts(258, 8));
        entries.add(TiffEntry.shorts(259, COMPRESSION_NONE));
        entries.add(TiffEntry.shorts(262, PHOTOMETRIC_GREY));
        entries.add(TiffEntry.decimal(65421, LENS_OF_MAP));
        entries.add(TiffEntry.signed(65422, 0));
        entries.add(TiffEntry.signed(65423, 0));
        return entries;
    }

    private List<TiffEntry> image(int width, int height, long start, long bytes) {
        List<TiffEntry> entries = new ArrayList<>();
        entries.add(TiffEntry.number(256, width));
        entries.add(TiffEntry.number(257, height));
        entries.add(TiffEntry.ascii(271, "Hamamatsu"));
        entries.add(TiffEntry.ascii(272, "OMERODS"));
        entries.add(TiffEntry.number(273, start));
        entries.add(TiffEntry.number(278, height));
        entries.add(TiffEntry.number(279, bytes));
        entries.add(TiffEntry.ascii(305, SOFTWARE));
        // a fixed time: the same spec makes the same bytes
        entries.add(TiffEntry.ascii(306, "2026:01:01 00:00:00"));
        entries.add(TiffEntry.shorts(65420, 1));
        entries.add(TiffEntry.ascii(65427, "synthetic slide, seed " + spec.seed()));
        entries.add(TiffEntry.ascii(65442, "000000"));
        entries.add(TiffEntry.ascii(65449, properties()));
        return entries;
    }

    private static List<TiffEntry> colour() {
        return List.of(
                TiffEntry.shorts(258, 8, 8, 8),
                TiffEntry.shorts(259, COMPRESSION_JPEG),
                TiffEntry.shorts(262, PHOTOMETRIC_YCBCR),
                TiffEntry.shorts(277, 3));
    }

    private static List<TiffEntry> resolution(int pixels, int centimetres) {
        return List.of(
                TiffEntry.rational(282, pixels, centimetres),
                TiffEntry.rational(283, pixels, centimetres),
                TiffEntry.shorts(296, UNIT_CENTIMETRE));
    }

    private String properties() {
        return String.join(
                        "\r\n",
                        "Created=2026/01/01",
                        "Updated=2026/01/01",
                        "Product=" + SOFTWARE,
                        "NDP.S/N=000000",
                        "Seed=" + spec.seed(),
                        "FocalPlanes=" + spec.planes())
                + "\r\n";
    }
}
